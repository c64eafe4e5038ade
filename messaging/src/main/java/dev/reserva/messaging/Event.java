package dev.reserva.messaging;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fact with its envelope, as the log has it: those attributes of CloudEvents 1.0 that vary.
 *
 * @param id identifies the event, also for deduplication; a UUIDv7
 * @param type name of the fact, such as {@code sales.order.created}
 * @param subject id of the entity the event is about
 * @param key partition key: events of one key are delivered in order
 * @param time when the fact happened
 * @param correlationId one id for all events that follow from one request, 1..128 characters
 * @param causationId id of the event that caused this one; absent for the first
 * @param traceparent W3C trace context, if the request brought one
 * @param tracestate W3C trace state, if the request brought one
 * @param data the payload as JSON text
 */
public record Event(
    UUID id,
    String type,
    UUID subject,
    UUID key,
    Instant time,
    String correlationId,
    @Nullable UUID causationId,
    @Nullable String traceparent,
    @Nullable String tracestate,
    String data) {

  public Event {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(correlationId, "correlationId");
    Objects.requireNonNull(data, "data");
  }

  /**
   * The publishing service: the type's first segment, {@code sales} of {@code sales.order.created}.
   */
  public String context() {
    return contextOf(type);
  }

  /** The publishing service of a type. */
  public static String contextOf(String type) {
    int dot = type.indexOf('.');
    return dot < 0 ? type : type.substring(0, dot);
  }

  /** The cause of a fact that follows from this event. */
  public Cause cause() {
    return new Cause(correlationId, id, traceparent, tracestate);
  }

  /** The same event with a payload that an operator has edited. */
  public Event withData(String edited) {
    return new Event(
        id, type, subject, key, time, correlationId, causationId, traceparent, tracestate, edited);
  }
}
