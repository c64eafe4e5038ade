package dev.reserva.messaging.delivery;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Counts handled and failed messages, in total and in the last full minute. */
public final class RateMeter {

  private static final long MINUTE = 60_000_000_000L;

  private final LongSupplier nanoTime;
  private final AtomicLong handled = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();
  private long windowStart;
  private Snapshot atWindowStart = new Snapshot(0, 0, 0);
  private Snapshot lastWindow = new Snapshot(0, 0, 0);
  private boolean full;

  /**
   * @param nanoTime a clock that only moves forward
   */
  public RateMeter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.windowStart = nanoTime.getAsLong();
  }

  /**
   * @param handled messages that took effect
   * @param failed attempts that threw
   * @param nanos time spent in transactions that handled messages
   */
  public record Snapshot(long handled, long failed, long nanos) {
    Snapshot minus(Snapshot other) {
      return new Snapshot(handled - other.handled, failed - other.failed, nanos - other.nanos);
    }
  }

  /** Records messages that were handled or published, and the time it took. */
  public void handled(int messages, long tookNanos) {
    roll();
    handled.addAndGet(messages);
    nanos.addAndGet(tookNanos);
  }

  void failed() {
    roll();
    failed.incrementAndGet();
  }

  /** Counts since this meter was made. */
  public Snapshot total() {
    return new Snapshot(handled.get(), failed.get(), nanos.get());
  }

  /** Counts of the last full minute; before the first is over, the total so far. */
  public synchronized Snapshot lastMinute() {
    roll();
    return full ? lastWindow : total();
  }

  private synchronized void roll() {
    long elapsed = nanoTime.getAsLong() - windowStart;
    if (elapsed < MINUTE) {
      return;
    }
    Snapshot now = total();
    lastWindow = elapsed < 2 * MINUTE ? now.minus(atWindowStart) : new Snapshot(0, 0, 0);
    atWindowStart = now;
    windowStart += elapsed - elapsed % MINUTE;
    full = true;
  }
}
