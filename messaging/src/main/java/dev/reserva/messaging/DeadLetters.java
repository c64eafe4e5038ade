package dev.reserva.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events that a subscription has given up, and the operators' commands on them.
 *
 * <p>While a dead letter is open, later events of its key wait behind it. A command runs in the
 * caller's transaction: its effect, its record and the event that announces it commit together. Of
 * two operators who act on one dead letter at once, one gets {@link Outcome.Conflict}.
 */
public interface DeadLetters {

  /**
   * Open dead letters, newest first.
   *
   * @param before id of the last one of the previous page; null for the first page
   */
  List<DeadLetter> list(@Nullable UUID before, int limit);

  /**
   * Open dead letters counted by subscription, type of event and type of error; the largest 200
   * groups.
   */
  List<Group> groups();

  /** A dead letter, open or not, with its stack trace and the record of its actions. */
  Optional<Detail> find(UUID id);

  /**
   * Runs the event again, in the order of its key, with the full number of attempts.
   *
   * @param editedData a repaired payload, or null for the event as it is; the original stays
   *     recorded
   * @param by name of the operator
   */
  Outcome retry(UUID id, @Nullable String editedData, String by, UnitOfWork tx);

  /**
   * Runs at most {@code limit} open dead letters of a group again, oldest first. A condition that
   * is null matches all. The subscriptions concerned handle nothing until the transaction ends.
   *
   * @return how many
   */
  int retryAll(
      @Nullable String subscription,
      @Nullable String eventType,
      @Nullable String errorType,
      String by,
      int limit,
      UnitOfWork tx);

  /** Gives the event up. The events of its key that wait behind it run. */
  Outcome discard(UUID id, String reason, String by, UnitOfWork tx);

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

  /** The result of an operator's command. */
  sealed interface Outcome {
    /** The command is done and recorded. */
    record Done(DeadLetter letter) implements Outcome {}

    /** There is no such dead letter. */
    record Unknown() implements Outcome {}

    /**
     * The dead letter is not open any more: another command or a retry came first. Nothing changed.
     */
    record Conflict(String status) implements Outcome {}

    /** The edited payload is refused. Nothing changed. */
    record Refused(List<Violation> violations) implements Outcome {}
  }

  /**
   * @param pointer JSON pointer into the edited payload
   */
  record Violation(String pointer, String message) {}

  /** Judges an edited payload, before anything changes. */
  @FunctionalInterface
  interface EditPolicy {
    /**
     * @return why the edit is refused; empty when it is accepted
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
