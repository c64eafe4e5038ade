package dev.reserva.messaging.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A circuit breaker: stops local delivery to a subscription whose handler keeps failing, because
 * each failure makes the publishing transaction run twice. It stays open for 100 ms after the first
 * failure and twice as long after each further one in a row, up to 30 s. Guarded by its owner.
 */
final class Breaker {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final LongSupplier nanoTime;
  private int failuresInARow;
  private long closesAt;

  Breaker(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  boolean isOpen() {
    return failuresInARow > 0 && nanoTime.getAsLong() - closesAt < 0;
  }

  void failed() {
    failuresInARow = Math.min(failuresInARow + 1, 31);
    long pause = FIRST_PAUSE.toNanos() << (failuresInARow - 1);
    closesAt = nanoTime.getAsLong() + Math.min(pause, LONGEST_PAUSE.toNanos());
  }

  void succeeded() {
    failuresInARow = 0;
  }
}
