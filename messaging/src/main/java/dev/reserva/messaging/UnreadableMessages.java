package dev.reserva.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a broker that could not be read as an event, or that the broker has given up before
 * they were imported, and the operators' commands on them. The broker has moved each to the
 * dead-letter queue of its queue.
 *
 * <p>A command runs in the caller's transaction. Of two operators who act on one message at once,
 * one gets {@link Outcome.Conflict}.
 */
public interface UnreadableMessages {

  /** Most bytes of a body that are kept. */
  int MAX_BODY = 1 << 20;

  /** Most bytes of a body in a list. */
  int MAX_EXCERPT = 1 << 10;

  /**
   * Open messages, newest first, with at most {@value #MAX_EXCERPT} bytes of their bodies.
   *
   * @param before id of the last message of the page before; null for the first page
   */
  List<Unreadable> list(@Nullable UUID before, int limit);

  /** Open messages counted by queue. */
  List<Group> groups();

  /** A message, open or not, with all that is kept of its body. */
  Optional<Detail> find(UUID id);

  /**
   * Reads an event with its envelope, as if it came from a queue.
   *
   * @throws Unprocessable if it is no event
   */
  Event read(Bytes body);

  /**
   * Imports an event that the message was to be, unless it was imported before. The message is
   * closed.
   *
   * @param edited what an operator has made of the message; null to read the message again as it is
   * @param by name of the operator
   */
  Outcome retry(UUID id, @Nullable Event edited, String by, UnitOfWork tx);

  /** Gives the message up. */
  Outcome discard(UUID id, String reason, String by, UnitOfWork tx);

  /**
   * @param body its first bytes
   * @param length bytes of the whole body
   * @param headers a JSON object of the message's headers
   * @param reason why it was not imported
   */
  record Unreadable(
      UUID id,
      String queue,
      Instant receivedAt,
      Bytes body,
      int length,
      String headers,
      String reason) {}

  record Group(String queue, long count) {}

  /**
   * @param status {@code OPEN}, {@code RESOLVED} (imported after a retry) or {@code DISCARDED}
   * @param eventId the event that it became; null if none
   */
  record Detail(
      Unreadable message,
      String status,
      @Nullable UUID eventId,
      List<DeadLetters.Action> actions) {}

  /** The result of an operator's command. */
  sealed interface Outcome {

    /** The message was discarded. */
    record Discarded() implements Outcome {}

    /**
     * The message was read as an event.
     *
     * @param imported whether it is new; otherwise it had been imported before
     */
    record Retried(Event event, boolean imported) implements Outcome {}

    /** There is no such message. */
    record Unknown() implements Outcome {}

    /** The message is not open any more: another command came first. Nothing changed. */
    record Conflict(String status) implements Outcome {}

    /** It still cannot be read as an event. Nothing changed. */
    record StillUnreadable(String reason) implements Outcome {}
  }
}
