package dev.reserva.messaging;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a handler. Its payload is decoded once for all subscriptions of a process.
 *
 * <p>Payloads are immutable, so sharing one between subscriptions of a process is safe.
 */
public final class Message {

  private static final long UNPLACED = -1;

  private final long position;
  private final Event event;
  private final EventCatalogue catalogue;
  private volatile @Nullable Object payload;

  /**
   * @param position the event's place in the log it was read from; orders events of one key
   * @param payload the decoded payload if it is known already
   */
  public Message(long position, Event event, EventCatalogue catalogue, @Nullable Object payload) {
    this.position = position;
    this.event = event;
    this.catalogue = catalogue;
    this.payload = payload;
  }

  /**
   * An event that is handled in the transaction that publishes it. It gets its position when that
   * transaction appends.
   */
  public static Message unplaced(Event event, EventCatalogue catalogue, @Nullable Object payload) {
    return new Message(UNPLACED, event, catalogue, payload);
  }

  /**
   * The event's place in the log.
   *
   * @throws IllegalStateException when the event has none yet; subscriptions {@linkplain
   *     Subscription#atPace at a pace} always get events with their position
   */
  public long position() {
    if (position == UNPLACED) {
      throw new IllegalStateException("%s has no position yet".formatted(event.id()));
    }
    return position;
  }

  public Event event() {
    return event;
  }

  public String type() {
    return event.type();
  }

  public UUID key() {
    return event.key();
  }

  /** The cause of a fact that follows from this message. */
  public Cause cause() {
    return event.cause();
  }

  /**
   * The payload, one of the contracts' records.
   *
   * @throws Unprocessable when it cannot be decoded as a payload of its type
   */
  public Object payload() {
    Object decoded = payload;
    if (decoded == null) {
      decoded = catalogue.payload(event);
      payload = decoded;
    }
    return decoded;
  }

  /**
   * The payload as the given class.
   *
   * @throws Unprocessable when it is of another class
   */
  public <T> T payload(Class<T> type) {
    Object decoded = payload();
    if (!type.isInstance(decoded)) {
      throw new Unprocessable(
          "%s carries %s, not %s"
              .formatted(event.type(), decoded.getClass().getSimpleName(), type.getSimpleName()));
    }
    return type.cast(decoded);
  }

  /** The same message with an edited payload. */
  public Message withData(String data) {
    return new Message(position, event.withData(data), catalogue, null);
  }

  @Override
  public String toString() {
    return "%s %s at %d".formatted(event.type(), event.id(), position);
  }
}
