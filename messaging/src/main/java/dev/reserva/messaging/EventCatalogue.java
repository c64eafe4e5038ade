package dev.reserva.messaging;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All types of event, with the codec of their payloads. */
public final class EventCatalogue {

  private final Map<String, EventType<?>> byName = new HashMap<>();
  private final Map<Class<?>, EventType<?>> byPayload = new HashMap<>();
  private final List<EventType<?>> types;
  private final PayloadCodec codec;

  public EventCatalogue(Collection<? extends EventType<?>> types, PayloadCodec codec) {
    this.types = List.copyOf(types);
    this.codec = codec;
    for (EventType<?> type : types) {
      if (byName.put(type.name(), type) != null || byPayload.put(type.payload(), type) != null) {
        throw new IllegalArgumentException(
            "event type %s is declared twice".formatted(type.name()));
      }
    }
  }

  public List<EventType<?>> types() {
    return types;
  }

  public Optional<EventType<?>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public PayloadCodec codec() {
    return codec;
  }

  /**
   * Makes an event of a payload.
   *
   * @throws IllegalArgumentException when the payload's class is not in the catalogue
   */
  public Event envelop(UUID id, Object payload, Cause cause, Instant time) {
    return envelop(id, typeOf(payload), payload, cause, time);
  }

  /**
   * The payload of an event, checked against its envelope.
   *
   * @throws Unprocessable when the type is unknown, the text cannot be decoded as the type's
   *     payload, or the payload names another entity or key than the envelope
   */
  public Object payload(Event event) {
    EventType<?> type = byName.get(event.type());
    if (type == null) {
      throw new Unprocessable("event type %s is unknown".formatted(event.type()));
    }
    return payload(event, type);
  }

  private <T> T payload(Event event, EventType<T> type) {
    T payload = codec.decode(event.data(), type.payload());
    UUID subject = type.subject().apply(payload);
    UUID key = type.key().apply(payload);
    if (!event.subject().equals(subject) || !event.key().equals(key)) {
      throw new Unprocessable(
          "the payload of %s is about %s (key %s), its envelope about %s (key %s)"
              .formatted(event.type(), subject, key, event.subject(), event.key()));
    }
    return payload;
  }

  private <T> Event envelop(UUID id, EventType<T> type, Object payload, Cause cause, Instant time) {
    T typed = type.payload().cast(payload);
    return new Event(
        id,
        type.name(),
        type.subject().apply(typed),
        type.key().apply(typed),
        time,
        cause.correlationId(),
        cause.causationId(),
        cause.traceparent(),
        cause.tracestate(),
        codec.encode(payload));
  }

  private EventType<?> typeOf(Object payload) {
    EventType<?> type = byPayload.get(payload.getClass());
    if (type == null) {
      throw new IllegalArgumentException(
          "%s is not in the event catalogue".formatted(payload.getClass().getName()));
    }
    return type;
  }
}
