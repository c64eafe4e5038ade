package dev.reserva.messaging.store;

import dev.reserva.messaging.Transactions.Turn;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many batches run at once, in the order in which they ask.
 *
 * <p>Without a limit, a subscription runs a transaction for every few events, and the fixed cost of
 * transactions limits throughput. With a limit, a batch that waits has more events when it runs, so
 * the fixed cost per event falls as the load grows.
 */
final class BatchLimiter {

  /** A batch that runs longer waits for a lock or a slow disk. Others then run beyond the limit. */
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
