package dev.reserva.peers;

import java.time.Duration;

/**
 * The numbers and durations of a run.
 *
 * @param skus number of products that do not sell out
 * @param warmUp of each shop, before the first turn
 * @param turns in each turn, every shop runs every phase once
 */
record Plan(boolean quick, int skus, Duration warmUp, int turns, Duration phase, Rush rush) {
  private static final Rush RUSH = new Rush(1_500, 1_000, 128);

  /** Some thirteen minutes in all. */
  static Plan whole() {
    return new Plan(false, 1_000, Duration.ofSeconds(45), 5, Duration.ofSeconds(12), RUSH);
  }

  /** Some four minutes in all. */
  static Plan shortened() {
    return new Plan(true, 1_000, Duration.ofSeconds(10), 3, Duration.ofSeconds(5), RUSH);
  }
}
