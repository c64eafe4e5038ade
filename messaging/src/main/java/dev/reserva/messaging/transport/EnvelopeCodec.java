package dev.reserva.messaging.transport;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Unprocessable;

/** Writes events with their envelopes for brokers, and reads them. */
public interface EnvelopeCodec {

  /** The media type of what it writes, such as {@code application/cloudevents+json}. */
  String contentType();

  Bytes encode(Event event);

  /**
   * @throws Unprocessable when the bytes are no event; a retry would fail as well
   */
  Event decode(Bytes body);
}
