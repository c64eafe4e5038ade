package dev.reserva.messaging;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * One transaction: state changes and the facts they publish become visible together or not at all.
 *
 * <p>Facts are collected and appended to the log as the last statements of the transaction, so that
 * the log's lock is held only while the transaction commits and positions follow the order of
 * commits.
 *
 * <p>A unit of work belongs to one thread. It is over when the call that made it returns.
 */
public interface UnitOfWork {

  /**
   * Publishes a fact. The log has it once if this transaction commits, and not otherwise.
   *
   * @param fact a payload of the {@link EventCatalogue}
   * @return its event, with the time of this call
   */
  Event publish(Object fact, Cause cause);

  /** Publishes an event that has its envelope already, such as one that an operator publishes. */
  void publish(Event event);

  /**
   * Adds an event of another log to this one, marked as {@linkplain
   * dev.reserva.messaging.transport.ImportedFlag imported}. The caller makes sure that it is
   * imported once.
   *
   * @throws IllegalArgumentException when this transaction imports nothing
   */
  default void importEvent(Event event) {
    throw new IllegalArgumentException("this transaction imports no " + event.type());
  }

  /**
   * The time by which races are judged: the database's clock, read after all earlier statements of
   * this transaction. Call it after the rows concerned are locked.
   *
   * @return with a precision of microseconds
   */
  Instant now();

  /**
   * The handle by which an adapter takes part in this transaction: on PostgreSQL {@link
   * dev.reserva.messaging.sql.Statements}, or {@code java.sql.Connection} for what these cannot do.
   *
   * @throws IllegalArgumentException when this transaction is of another technology
   */
  <T> T resource(Class<T> technology);

  /**
   * An adapter's cache for this transaction, in which a row that changes several times is read once
   * and written once. It is opened on first use.
   *
   * @param type identifies it within the transaction
   * @throws IllegalArgumentException when this transaction keeps none
   */
  default <S extends Session> S session(Class<S> type, Supplier<S> open) {
    throw new IllegalArgumentException("this transaction keeps no " + type.getName());
  }

  /** State of one transaction that is written back before its events are appended. */
  interface Session {

    /**
     * Writes what has changed since the last flush. Called at least once before the commit, after
     * all other work. It must not publish.
     */
    void flush();
  }

  /**
   * Runs after a successful commit, on the committing thread; it must be short and must not throw.
   */
  void afterCommit(Runnable action);
}
