package dev.reserva.financial.application;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls to the outside, so many at a time, each with a time limit. What came of them gathers until
 * it is fetched.
 *
 * <p>Nothing here is durable: what is lost with the process is asked for again, since every call's
 * attempt stands on record before it starts.
 *
 * @param <R> what comes of a call
 */
public interface Calls<R> extends AutoCloseable {

  /** How many more calls could start at once. */
  int room();

  /**
   * Starts a call, or lets it wait for its turn.
   *
   * @param unanswered what comes of a call that throws or exceeds its time
   */
  void start(Supplier<R> call, Function<Throwable, R> unanswered);

  /** What came of calls since the last fetch. */
  List<R> fetch(int max);

  /** Gives results back that could not be recorded now. */
  void putBack(List<R> results);

  /** Lets no more calls start and gives up those under way. */
  @Override
  void close();

  /** What carries calls to the outside: threads and the machine's clock, or a simulation. */
  interface Carrier {

    /**
     * @param name of the calls' threads
     * @param maxCalls most calls at a time
     * @param timeLimit of each call
     * @param whenFinished told after each call that a result can be fetched; short, never throws
     */
    <R> Calls<R> open(String name, int maxCalls, Duration timeLimit, Runnable whenFinished);

    /** A clock that only moves forward, such as {@code System::nanoTime}. */
    long nanoTime();
  }
}
