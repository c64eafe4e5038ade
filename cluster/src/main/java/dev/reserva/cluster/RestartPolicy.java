package dev.reserva.cluster;

import java.time.Duration;
import java.util.Optional;

/**
 * When a process that has ended by itself is started again: after 0.5, 1, 2, 4 … at most 30 s, ten
 * times in a row. Whoever was ready for a minute begins anew.
 */
final class RestartPolicy {
  static final int ATTEMPTS = 10;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration HEALTHY = Duration.ofMinutes(1);

  private int attempts;

  /**
   * The pause before the next start; empty to give up.
   *
   * @param wasReady how long the process that has ended was ready
   */
  Optional<Duration> pause(Duration wasReady) {
    if (wasReady.compareTo(HEALTHY) >= 0) {
      attempts = 0;
    }
    if (attempts == ATTEMPTS) {
      return Optional.empty();
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << attempts);
    attempts++;
    return Optional.of(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }

  /** Begins anew. */
  void reset() {
    attempts = 0;
  }
}
