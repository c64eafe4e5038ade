package dev.reserva.messaging;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How often a failed event is retried, and after which pauses.
 *
 * @param delays the pause before each retry, up to five minutes; as many retries as there are
 *     delays, 0..50
 * @param jitter share by which a pause may be longer or shorter, 0..1
 */
public record RetryPolicy(List<Duration> delays, double jitter) {

  /** The longest delay. Jitter can double it. */
  public static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** Retries after 1 s, 2 s and 4 s, each ± 20 %: four attempts, then a dead letter. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(
          List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)), 0.2);

  public RetryPolicy {
    delays = List.copyOf(delays);
    for (Duration delay : delays) {
      if (delay.isNegative() || delay.compareTo(LONGEST_PAUSE) > 0) {
        throw new IllegalArgumentException("a delay must be 0..5min, was " + delay);
      }
    }
    if (delays.size() > 50) {
      throw new IllegalArgumentException("delays must be 0..50, were " + delays.size());
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be 0..1, was " + jitter);
    }
  }

  /** Whether an event that has failed this often is given up. */
  public boolean exhausted(int attempts) {
    return attempts > delays.size();
  }

  /**
   * The pause after the given number of failed attempts.
   *
   * @param attempts 1 after the first failure; must not be {@link #exhausted}
   */
  public Duration pauseAfter(int attempts, RandomGenerator random) {
    Duration delay = delays.get(attempts - 1);
    double factor = 1 + jitter * (2 * random.nextDouble() - 1);
    return Duration.ofNanos(Math.round(delay.toNanos() * factor));
  }
}
