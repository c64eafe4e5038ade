package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Lets a buyer wait for what becomes of an order just placed. Woken when this process settles the
 * order; an order that another process settles is noticed by looking now and then.
 */
public final class AwaitOrder {

  /** Pause between looks, for orders that another process settles: rare, so that it may be long. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Semaphore places;
  private final ConcurrentHashMap<UUID, Semaphore> waiting = new ConcurrentHashMap<>();

  /**
   * @param maxWaiting how many may wait at once; one more does not wait at all
   */
  public AwaitOrder(int maxWaiting) {
    this.places = new Semaphore(maxWaiting);
  }

  /**
   * Waits until the order is no longer under way, or the time is over.
   *
   * @param settled looks whether it is; called before waiting, after each wake-up and each half
   *     second
   * @return whether there was a place to wait in
   */
  public boolean await(UUID orderId, Duration timeout, Predicate<UUID> settled) {
    if (!places.tryAcquire()) {
      return false;
    }
    long end = System.nanoTime() + timeout.toNanos();
    var wake = new Semaphore(0);
    waiting.put(orderId, wake);
    try {
      while (!settled.test(orderId)) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          break;
        }
        if (wake.tryAcquire(Math.min(left, LOOK_EVERY.toNanos()), TimeUnit.NANOSECONDS)) {
          wake.drainPermits();
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      waiting.remove(orderId);
      places.release();
    }
  }

  /** Wakes who waits for these orders, once the transaction that settles them is durable. */
  void settledBy(Collection<UUID> orderIds, UnitOfWork tx) {
    if (!orderIds.isEmpty()) {
      var ids = List.copyOf(orderIds);
      tx.afterCommit(() -> ids.forEach(this::wake));
    }
  }

  private void wake(UUID orderId) {
    Semaphore waiter = waiting.get(orderId);
    if (waiter != null) {
      waiter.release();
    }
  }
}
