package dev.reserva.messaging.store;

import dev.reserva.messaging.Transactions.Turn;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many batches run at once, first come, first served.
 *
 * <p>Without a limit, each subscription whose events trickle in runs a transaction per trickle, and
 * the fixed cost of transactions is the system's limit. With it, a batch that has to wait finds
 * more to do when it runs, and each event's share of the fixed cost shrinks as the load grows.
 */
final class BatchLimiter {

  /** A batch that runs for longer waits for a lock or a slow disk; others do not wait with it. */
  private static final long PATIENCE_MILLIS = 20;

  private static final Turn UNLIMITED = () -> {};

  private final Semaphore places;
  private final long patienceMillis;

  /**
   * @param atOnce most batches at once, at least 1
   */
  BatchLimiter(int atOnce) {
    this(atOnce, PATIENCE_MILLIS);
  }

  /**
   * @param patienceMillis how long a batch waits before it runs beyond the limit
   */
  BatchLimiter(int atOnce, long patienceMillis) {
    this.places = new Semaphore(atOnce, true);
    this.patienceMillis = patienceMillis;
  }

  /** How many more batches may begin now. */
  int free() {
    return places.availablePermits();
  }

  Turn await() {
    try {
      return places.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS) ? places::release : UNLIMITED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNLIMITED;
    }
  }
}
