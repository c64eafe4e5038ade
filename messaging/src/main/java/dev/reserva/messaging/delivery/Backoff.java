package dev.reserva.messaging.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses after failures in a row: 100 ms, then twice as long each time, up to 5 s. */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final double JITTER = 0.2;

  private Backoff() {}

  /**
   * @param failures failures in a row, at least 1
   */
  static Duration after(int failures) {
    long pause = FIRST.toNanos() << Math.min(failures - 1, 10);
    return Duration.ofNanos(Math.min(pause, LONGEST.toNanos()));
  }

  /** The pause, ± 20 %, so that processes that failed together do not try again together. */
  static Duration jittered(Duration pause, RandomGenerator random) {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofNanos(Math.round(pause.toNanos() * factor));
  }
}
