package dev.reserva.notifications.domain;

import java.time.Duration;

/**
 * When a message is tried again: after 30 s, and then each time after twice as long, up to one
 * hour.
 *
 * @param maxAttempts after which it is given up, 1..100
 */
public record Retries(int maxAttempts) {

  public static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  static final Duration LONGEST = Duration.ofHours(1);

  public Retries {
    if (maxAttempts < 1 || maxAttempts > 100) {
      throw new IllegalArgumentException("maxAttempts must be 1..100, was " + maxAttempts);
    }
  }

  /** Whether an attempt is the last one. */
  public boolean isLast(int attempt) {
    return attempt >= maxAttempts;
  }

  /**
   * @param attempt the one that failed, from 1
   */
  public Duration pause(int attempt) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
