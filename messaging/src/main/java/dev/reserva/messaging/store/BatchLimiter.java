package dev.reserva.messaging.store;

import dev.reserva.messaging.Transactions.Permit;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many batches run at once, first come, first served.
 *
 * <p>Without a limit, a subscription runs a transaction for every few events, and the fixed cost of
 * transactions limits throughput. With a limit, a batch that waits has more events when it runs, so
 * the fixed cost per event falls as the load grows.
 */
final class BatchLimiter {

  /**
   * A batch that waits longer runs beyond the limit: another one waits for a lock or a slow disk.
   */
  private static final long MAX_WAIT_MILLIS = 20;

  private static final Permit UNLIMITED = () -> {};

  private final Semaphore permits;
  private final long maxWaitMillis;

  /**
   * @param atOnce most batches at once, at least 1
   */
  BatchLimiter(int atOnce) {
    this(atOnce, MAX_WAIT_MILLIS);
  }

  /**
   * @param maxWaitMillis how long a batch waits before it runs beyond the limit
   */
  BatchLimiter(int atOnce, long maxWaitMillis) {
    this.permits = new Semaphore(atOnce, true);
    this.maxWaitMillis = maxWaitMillis;
  }

  /** How many more batches may begin now. */
  int free() {
    return permits.availablePermits();
  }

  Permit acquire() {
    try {
      return permits.tryAcquire(maxWaitMillis, TimeUnit.MILLISECONDS)
          ? permits::release
          : UNLIMITED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNLIMITED;
    }
  }
}
