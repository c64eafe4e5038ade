package dev.reserva.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events that a subscription has given up on, and what an operator can do about them.
 *
 * <p>While a dead letter is open, later events of its key wait behind it. Each action is recorded
 * and announced as an event in the same transaction; of two operators that act at once one gets
 * {@link Outcome.Conflict}.
 */
public interface DeadLetters {

  /**
   * Open dead letters, newest first.
   *
   * @param before continue after this one
   */
  List<DeadLetter> list(@Nullable UUID before, int limit);

  /**
   * Open dead letters counted by subscription, type of event and type of error; the largest 200
   * groups.
   */
  List<Group> groups();

  /** A dead letter, open or not, with its stack trace and the record of what was done about it. */
  Optional<Detail> find(UUID id);

  /**
   * Lets the event run again, in its place in its key's order, with all attempts anew.
   *
   * @param editedData a repaired payload, or null for the event as it is; the original stays on
   *     record
   * @param by who asks
   */
  Outcome retry(UUID id, @Nullable String editedData, String by);

  /**
   * Lets at most {@code limit} open dead letters of a group run again; what is null matches any.
   *
   * @return how many
   */
  int retryAll(
      @Nullable String subscription,
      @Nullable String eventType,
      @Nullable String errorType,
      String by,
      int limit);

  /** Gives the event up for good; what waits behind it goes on. */
  Outcome discard(UUID id, String reason, String by);

  /**
   * @param blocked how many later events of the key wait behind it
   * @param errorType simple name of the failure
   */
  record DeadLetter(
      UUID id,
      String subscription,
      long position,
      Event event,
      int attempts,
      String errorType,
      String errorMessage,
      Instant firstFailedAt,
      Instant lastFailedAt,
      long blocked) {}

  record Group(String subscription, String eventType, String errorType, long count) {}

  /**
   * @param status {@code OPEN}, {@code RETRYING}, {@code RESOLVED} or {@code DISCARDED}
   * @param originalData the payload before the first edit, if there was one
   */
  record Detail(
      DeadLetter letter,
      String status,
      String stackTrace,
      @Nullable String originalData,
      List<Action> actions) {}

  /**
   * @param kind {@code dead_lettered}, {@code retried}, {@code edited} or {@code discarded}
   */
  record Action(Instant at, String kind, String by, @Nullable String reason) {}

  /** What came of an operator's action. */
  sealed interface Outcome {
    /** It is done and on record. */
    record Done(DeadLetter letter) implements Outcome {}

    /** There is no such dead letter. */
    record Unknown() implements Outcome {}

    /** Somebody else acted first, or it is not open any more. Nothing changed. */
    record Conflict(String status) implements Outcome {}

    /** The edited payload is refused. Nothing changed. */
    record Refused(List<Violation> violations) implements Outcome {}
  }

  /**
   * @param pointer JSON pointer into the edited payload
   */
  record Violation(String pointer, String message) {}

  /** Judges an edited payload; asked before anything changes. */
  @FunctionalInterface
  interface EditPolicy {
    /**
     * @return why the edit is refused; empty when it is fine
     */
    List<Violation> check(Event original, String editedData);
  }

  /** Announces what happens to dead letters, in the same transaction. */
  interface Announcer {
    void deadLettered(DeadLetter letter, UnitOfWork tx);

    void retried(DeadLetter letter, boolean edited, String by, UnitOfWork tx);

    void discarded(DeadLetter letter, String reason, String by, UnitOfWork tx);
  }
}
