package dev.reserva.financial.application;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls to the outside: a bounded number at a time, each with a time limit. Their results are kept
 * until they are fetched.
 *
 * <p>Nothing here is durable. Every call's attempt is on record before the call starts, so a call
 * that is lost with the process is made again.
 *
 * @param <R> the result of a call
 */
public interface Calls<R> extends AutoCloseable {

  /** How many more calls could start at once. */
  int room();

  /**
   * Starts a call, or queues it if too many are under way.
   *
   * @param unanswered makes the result of a call that throws or exceeds its time
   */
  void start(Supplier<R> call, Function<Throwable, R> unanswered);

  /** Results of calls that have finished since the last fetch. */
  List<R> fetch(int max);

  /** Puts back results that could not be recorded, for the next fetch. */
  void putBack(List<R> results);

  /** Starts no more calls and interrupts those under way. */
  @Override
  void close();

  /** Carries calls to the outside: by threads and the machine's clock, or by a simulation. */
  interface Carrier {

    /**
     * @param name of the calls' threads
     * @param maxCalls most calls at a time
     * @param timeLimit of each call
     * @param whenFinished called after each call, when its result can be fetched; short, never
     *     throws
     */
    <R> Calls<R> open(String name, int maxCalls, Duration timeLimit, Runnable whenFinished);

    /** A clock that only moves forward, such as {@code System::nanoTime}. */
    long nanoTime();
  }
}
