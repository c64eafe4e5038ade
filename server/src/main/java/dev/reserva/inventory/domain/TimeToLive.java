package dev.reserva.inventory.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a reservation holds stock.
 *
 * @param seconds 1..{@value #MAX_SECONDS}
 */
public record TimeToLive(int seconds) {

  /** One day. Stock that is held longer cannot be sold. */
  public static final int MAX_SECONDS = 86_400;

  public TimeToLive {
    if (seconds < 1 || seconds > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "ttlSeconds must be 1..%d, was %d".formatted(MAX_SECONDS, seconds));
    }
  }

  /**
   * @throws IllegalArgumentException if it is not 1..{@value #MAX_SECONDS} s
   */
  public static TimeToLive of(Duration duration) {
    return new TimeToLive(Math.toIntExact(Math.clamp(duration.toSeconds(), 0, Integer.MAX_VALUE)));
  }

  public Instant from(Instant start) {
    return start.plusSeconds(seconds);
  }
}
