package dev.reserva.platform.brokers;

import dev.reserva.contracts.Text;
import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DeadLetters.Violation;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventType;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.delivery.PlainMessages;
import dev.reserva.platform.events.ManualImports;
import dev.reserva.platform.events.Schemas;
import dev.reserva.platform.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages of the form {@code {"event_name": "inventory.stock.reserved", "payload": {…}}}.
 *
 * <ul>
 *   <li>The payload must be what the type's schema says; entity and key are those that it names.
 *   <li>The event's id is derived from the message's id and its body. So a message that is
 *       delivered again, or by several queues, is one event. Two messages with the same body are
 *       one event too, unless their senders give them different ids.
 * </ul>
 */
final class PlainJson implements PlainMessages {

  static final String PROPERTY = "reserva.messaging.accept-plain";

  private static final String NAME = "event_name";
  private static final String PAYLOAD = "payload";
  private static final Set<String> MEMBERS = Set.of(NAME, PAYLOAD);
  private static final String MESSAGE_ID = "message-id";

  private static final JsonMapper JSON = Json.events();

  private final boolean accepted;
  private final EventCatalogue catalogue;
  private final Schemas schemas;
  private final ManualImports record;
  private final Clock clock;

  /**
   * @param accepted whether such messages are events; otherwise each is unreadable
   */
  PlainJson(
      boolean accepted,
      EventCatalogue catalogue,
      Schemas schemas,
      ManualImports record,
      Clock clock) {
    this.accepted = accepted;
    this.catalogue = catalogue;
    this.schemas = schemas;
    this.record = record;
    this.clock = clock;
  }

  @Override
  public Optional<Event> read(Bytes body, Map<String, String> headers) {
    JsonNode message;
    try {
      message = JSON.readTree(body.array());
    } catch (JacksonException e) {
      return Optional.empty();
    }
    if (!message.isObject() || !message.has(NAME)) {
      return Optional.empty();
    }
    if (!accepted) {
      throw new Unprocessable(
          "a message with %s and %s is accepted only with %s=true"
              .formatted(NAME, PAYLOAD, PROPERTY));
    }
    return Optional.of(event(message, idOf(body, headers.getOrDefault(MESSAGE_ID, ""))));
  }

  private Event event(JsonNode message, UUID id) {
    Set<String> others = new TreeSet<>(message.propertyNames());
    others.removeAll(MEMBERS);
    if (!others.isEmpty()) {
      throw new Unprocessable(
          "a plain message has %s and %s, and not %s"
              .formatted(NAME, PAYLOAD, Text.excerpt(String.join(", ", others))));
    }
    JsonNode name = message.path(NAME);
    Optional<EventType<?>> type =
        name.isString() ? catalogue.find(name.stringValue()) : Optional.empty();
    if (type.isEmpty()) {
      throw new Unprocessable(
          "%s must be a known type of event, such as inventory.stock.reserved, was %s"
              .formatted(NAME, Text.excerpt(name.toString())));
    }
    JsonNode payload = message.path(PAYLOAD);
    if (!payload.isObject()) {
      throw new Unprocessable("%s must be an object".formatted(PAYLOAD));
    }
    List<Violation> violations = schemas.violations(type.get().name(), payload);
    if (!violations.isEmpty()) {
      Violation first = violations.getFirst();
      throw new Unprocessable("%s%s %s".formatted(PAYLOAD, first.pointer(), first.message()));
    }
    Object fact = catalogue.codec().decode(payload.toString(), type.get().payload());
    return catalogue.envelop(id, fact, Cause.of(id.toString()), clock.instant());
  }

  /** A UUID of version 8, whose bits are a digest. */
  private static UUID idOf(Bytes body, String messageId) {
    MessageDigest digest = sha256();
    digest.update(messageId.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    ByteBuffer bits = ByteBuffer.wrap(digest.digest(body.array()));
    return new UUID(
        (bits.getLong() & ~0xF000L) | 0x8000L,
        (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void imported(Event event, UnitOfWork tx) {
    record.record(event, tx);
  }
}
