package dev.reserva.webhooks.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The waits between the attempts of a delivery.
 *
 * @param waits the first follows the first failed attempt; after the last one the delivery has
 *     failed
 */
public record RetrySchedule(List<Duration> waits) {

  public static final int MAX_WAITS = 30;
  public static final Duration LONGEST = Duration.ofDays(7);

  /** A wait is up to a fifth shorter or longer, so that what failed together does not return so. */
  private static final double JITTER = 0.2;

  public RetrySchedule {
    waits = List.copyOf(waits);
    if (waits.size() > MAX_WAITS) {
      throw new IllegalArgumentException(
          "must have 0..%d waits, had %d".formatted(MAX_WAITS, waits.size()));
    }
    for (Duration wait : waits) {
      if (wait.isNegative() || wait.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("a wait must be 0..%s, was %s".formatted(LONGEST, wait));
      }
    }
  }

  /**
   * When the next attempt is due; empty if there is none.
   *
   * @param tries attempts that have failed, at least 1
   * @param chance 0 (shortest wait) to 1 (longest)
   */
  public Optional<Instant> next(int tries, Instant now, double chance) {
    if (tries > waits.size()) {
      return Optional.empty();
    }
    double factor = 1 - JITTER + 2 * JITTER * chance;
    long millis = Math.round(waits.get(tries - 1).toMillis() * factor);
    return Optional.of(now.plusMillis(millis));
  }
}
