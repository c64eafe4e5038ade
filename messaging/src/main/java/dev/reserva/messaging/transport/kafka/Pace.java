package dev.reserva.messaging.transport.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Says when something is due that happens at most so often. One thread uses it. */
final class Pace {

  private final long everyNanos;
  private final LongSupplier nanoTime;
  private long last;

  Pace(Duration every, LongSupplier nanoTime) {
    this.everyNanos = every.toNanos();
    this.nanoTime = nanoTime;
    this.last = nanoTime.getAsLong() - everyNanos;
  }

  /** Whether it is due. If so, it is due again after the time has passed. */
  boolean isDue() {
    long now = nanoTime.getAsLong();
    if (now - last < everyNanos) {
      return false;
    }
    last = now;
    return true;
  }
}
