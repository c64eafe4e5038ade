package dev.reserva.messaging;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Begins and ends units of work.
 *
 * <p>If the work throws, everything is rolled back and the exception is rethrown. If the database
 * cannot be reached, the exception is {@link DependencyUnavailable}.
 */
public interface Transactions {

  /**
   * How often the work of one transaction runs, at most, when concurrent transactions make it fail.
   */
  int MAX_RUNS = 4;

  /**
   * Runs the work in a transaction of its own (READ COMMITTED) and commits.
   *
   * <p>After a deadlock, a serialization failure or a {@link TransactionConflict} the work runs
   * again, {@value #MAX_RUNS} times in all; then the failure is rethrown.
   */
  <R> R call(Function<UnitOfWork, R> work);

  /** Reads on one snapshot (REPEATABLE READ, read only); publishing is refused. */
  <R> R snapshot(Function<UnitOfWork, R> work);

  /**
   * Waits for a permit to run a transaction. It is for callers that handle batches: while they
   * wait, their next batch grows, so the number of concurrent transactions stays bounded under
   * load. An idle system adds no delay.
   *
   * <p>The wait is limited. After it the caller continues without a permit, so correctness must not
   * depend on it.
   *
   * @return to be closed after the transaction
   */
  default Permit acquirePermit() {
    return () -> {};
  }

  /** A permit to run a transaction. */
  interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  /** {@link #call} without a result. */
  default void run(Consumer<UnitOfWork> work) {
    call(tx -> {
      work.accept(tx);
      return Boolean.TRUE;
    });
  }
}
