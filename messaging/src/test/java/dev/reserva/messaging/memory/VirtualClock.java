package dev.reserva.messaging.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until {@link #elapse} is called. */
public final class VirtualClock extends Clock {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  public void elapse(Duration duration) {
    now.updateAndGet(instant -> instant.plus(duration));
  }

  /** Replaces {@code System::nanoTime}. */
  public long nanoTime() {
    return Duration.between(START, instant()).toNanos();
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("this clock knows UTC only");
  }
}
