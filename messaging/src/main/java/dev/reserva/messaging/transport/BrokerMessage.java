package dev.reserva.messaging.transport;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Event;
import java.util.UUID;

/**
 * An event as a broker carries it.
 *
 * @param log the log that published it
 * @param body the event with its envelope, as {@link EnvelopeCodec} writes it
 */
public record BrokerMessage(Event event, UUID log, Bytes body) {

  /** Header: identity of the log that published the event. */
  public static final String LOG = "reserva-log";

  /** Header: the event's partition key. */
  public static final String KEY = "partitionkey";

  /** Header: the event's W3C trace context, if it has one. */
  public static final String TRACEPARENT = "traceparent";
}
