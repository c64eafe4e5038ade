package dev.reserva.financial.domain;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause before the provider is asked again: doubled each time up to a limit, ± 20 % so that
 * calls that failed together do not come back together.
 */
public record Backoff(Duration first, Duration longest) {

  private static final double JITTER = 0.2;

  public Backoff {
    if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "back-off must be 1 ms or longer and its longest no shorter than its first, was %s..%s"
              .formatted(first, longest));
    }
  }

  /**
   * @param attempts 1 after the first attempt
   */
  public Duration after(int attempts, RandomGenerator random) {
    int doublings = Math.min(Math.max(0, attempts - 1), 30);
    double nanos =
        Math.min(Math.scalb((double) first.toNanos(), doublings), (double) longest.toNanos());
    return Duration.ofNanos(Math.round(nanos * (1 + JITTER * (2 * random.nextDouble() - 1))));
  }
}
