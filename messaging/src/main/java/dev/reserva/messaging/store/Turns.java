package dev.reserva.messaging.store;

import dev.reserva.messaging.Transactions.Turn;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets a few batches go on at once and the others gather: first come, first served.
 *
 * <p>Without it, every subscription whose events trickle in runs a transaction for each trickle,
 * and the cost of the transactions, not of the work, is the system's limit. With it, one that has
 * to wait finds more to do when it is its turn, and the share of each event in the fixed cost
 * shrinks as the load grows.
 */
final class Turns {

  /**
   * A batch that holds its turn for longer waits for a lock or a slow disk; the others must not
   * wait with it.
   */
  private static final long PATIENCE_MILLIS = 20;

  private static final Turn WITHOUT = () -> {};

  private final Semaphore places;
  private final long patienceMillis;

  /**
   * @param atOnce how many batches may be under way, at least 1
   */
  Turns(int atOnce) {
    this(atOnce, PATIENCE_MILLIS);
  }

  /**
   * @param patienceMillis how long one waits before going on without a turn
   */
  Turns(int atOnce, long patienceMillis) {
    this.places = new Semaphore(atOnce, true);
    this.patienceMillis = patienceMillis;
  }

  /** How many batches more may begin at once. */
  int free() {
    return places.availablePermits();
  }

  Turn await() {
    try {
      return places.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS) ? places::release : WITHOUT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return WITHOUT;
    }
  }
}
