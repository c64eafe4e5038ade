package dev.reserva.messaging;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Begins and ends units of work.
 *
 * <p>Whatever the work throws rolls everything back and is rethrown as it is. Failures of the
 * database itself come as {@link DependencyUnavailable} when it cannot be reached.
 */
public interface Transactions {

  /** Runs the work in a transaction of its own (READ COMMITTED) and commits. */
  <R> R call(Function<UnitOfWork, R> work);

  /** Reads on one snapshot (REPEATABLE READ, read only); publishing is refused. */
  <R> R snapshot(Function<UnitOfWork, R> work);

  /**
   * Waits a moment while as many transactions as can usefully go on at once are under way, for
   * those who work on whatever has gathered by then: the busier the system, the more each of their
   * transactions takes along. An idle system adds no delay.
   *
   * <p>Nothing depends on having had a turn: who has waited for a while goes on without.
   *
   * @return to be closed after the transaction
   */
  default Turn awaitTurn() {
    return () -> {};
  }

  /** A place among the transactions under way. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** {@link #call} without an answer. */
  default void run(Consumer<UnitOfWork> work) {
    call(tx -> {
      work.accept(tx);
      return Boolean.TRUE;
    });
  }
}
