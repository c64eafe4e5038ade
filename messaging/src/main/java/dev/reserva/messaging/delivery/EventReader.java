package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.transport.EnvelopeCodec;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads messages of a broker as events that this log may have. */
public final class EventReader {

  /** What PostgreSQL can store, with room to spare. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private final EnvelopeCodec codec;
  private final EventCatalogue catalogue;
  private final PlainMessages plain;

  /**
   * @param catalogue an event of a type that it does not know is unreadable
   */
  public EventReader(EnvelopeCodec codec, EventCatalogue catalogue, PlainMessages plain) {
    this.codec = codec;
    this.catalogue = catalogue;
    this.plain = plain;
  }

  /**
   * What a message says.
   *
   * @param byHand whether it is a plain message
   */
  public record Reading(Event event, boolean byHand) {}

  /**
   * Reads an event, or a plain message.
   *
   * @param body the whole body of a message
   * @throws Unprocessable if it is neither, or not one of a known type that a database can store
   */
  public Reading read(Bytes body, Map<String, String> headers) {
    Event event;
    try {
      event = codec.decode(body);
    } catch (Unprocessable e) {
      return new Reading(checked(plain.read(body, headers).orElseThrow(() -> e)), true);
    }
    return new Reading(checked(event), false);
  }

  /**
   * Reads an event.
   *
   * @param body the whole body of a message
   * @throws Unprocessable if it is no event of a known type that a database can store
   */
  public Event read(Bytes body) {
    return checked(codec.decode(body));
  }

  /** Adds what was read to the log. The caller makes sure that it is imported once. */
  public void importEvent(Reading reading, UnitOfWork tx) {
    tx.importEvent(reading.event());
    if (reading.byHand()) {
      plain.imported(reading.event(), tx);
    }
  }

  private Event checked(Event event) {
    if (catalogue.find(event.type()).isEmpty()) {
      throw new Unprocessable("event type %s is unknown".formatted(event.type()));
    }
    int length = event.correlationId().length();
    if (length < 1 || length > Cause.MAX_CORRELATION_LENGTH) {
      throw new Unprocessable(
          "correlationid must have 1..%d characters, had %d"
              .formatted(Cause.MAX_CORRELATION_LENGTH, length));
    }
    if (event.time().isBefore(EARLIEST) || event.time().isAfter(LATEST)) {
      throw new Unprocessable(
          "time must be %s..%s, was %s".formatted(EARLIEST, LATEST, event.time()));
    }
    boolean hasNull =
        Stream.of(event.correlationId(), event.traceparent(), event.tracestate(), event.data())
            .filter(Objects::nonNull)
            .anyMatch(text -> text.indexOf('\0') >= 0);
    if (hasNull) {
      throw new Unprocessable("a text has a null character, which a database cannot store");
    }
    return event;
  }
}
