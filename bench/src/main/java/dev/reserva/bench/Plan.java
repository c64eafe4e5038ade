package dev.reserva.bench;

import java.time.Duration;

/** How much is measured, and for how long. */
record Plan(
    boolean quick,
    int skus,
    Duration warmUp,
    Duration phase,
    Duration openLoop,
    Duration baselineWarmUp) {

  static Plan whole() {
    return new Plan(
        false,
        10_000,
        Duration.ofSeconds(20),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }

  /** Under a minute and a half in all. */
  static Plan shortened() {
    return new Plan(
        true,
        1_000,
        Duration.ofSeconds(6),
        Duration.ofSeconds(3),
        Duration.ofSeconds(6),
        Duration.ofSeconds(2));
  }
}
