package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderState;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets a buyer wait for what becomes of an order just placed. The transaction that settles it in
 * this process hands its outcome over, so that waiting costs no query; an order that another
 * process settles is noticed by looking now and then.
 */
public final class AwaitOrder {

  /** Pause between looks, for orders that another process settles: rare, so that it may be long. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /**
   * Outcomes kept for those who come to wait a moment after their order was settled: what the
   * fastest process settles in a tenth of a second or more.
   */
  private static final int REMEMBERED = 1_024;

  /**
   * How late a look or the end of a wait may come. One thread watches the clock for all who wait: a
   * timer for each would cost more than the wait itself.
   */
  private static final Duration TICK = Duration.ofMillis(50);

  private final Semaphore places;
  private final ConcurrentHashMap<UUID, Waiter> waiting = new ConcurrentHashMap<>();

  /** Whether a thread watches the clock; it does as long as somebody waits. */
  private final AtomicBoolean watched = new AtomicBoolean();

  /** Guarded by itself. */
  private final Map<UUID, OrderState> settledLately =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, OrderState> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param maxWaiting how many may wait at once; one more does not wait at all
   */
  public AwaitOrder(int maxWaiting) {
    this.places = new Semaphore(maxWaiting);
  }

  /**
   * Waits until the order, placed by this process and then under way, no longer is, or the time is
   * over.
   *
   * @param look how the order stands; called each half second and when the time is over
   * @return how it stands at the end; empty when there was no place to wait in or no such order
   */
  public Optional<OrderState> await(
      UUID orderId, Duration timeout, Function<UUID, Optional<OrderState>> look) {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    Waiter waiter = new Waiter(System.nanoTime() + timeout.toNanos());
    boolean first = waiting.putIfAbsent(orderId, waiter) == null;
    try {
      OrderState before = settledLately(orderId);
      if (before != null) {
        return Optional.of(before);
      }
      if (first) {
        watchTheClock();
      }
      return await(orderId, waiter, first, look);
    } finally {
      waiting.remove(orderId, waiter);
      places.release();
    }
  }

  /**
   * @param woken whether the outcome and the clock wake this waiter; of several who wait for one
   *     order, only the first is woken, and the others look
   */
  private static Optional<OrderState> await(
      UUID orderId, Waiter waiter, boolean woken, Function<UUID, Optional<OrderState>> look) {
    while (true) {
      OrderState outcome = waiter.outcome;
      if (outcome != null) {
        return Optional.of(outcome);
      }
      long now = System.nanoTime();
      boolean interrupted = Thread.currentThread().isInterrupted();
      if (interrupted || waiter.isDue(now)) {
        boolean over = interrupted || now - waiter.end >= 0;
        Optional<OrderState> found = look.apply(orderId);
        if (over || found.isEmpty() || !found.get().status().isUnderWay()) {
          return found;
        }
        waiter.lookNext(now);
      } else if (woken) {
        LockSupport.park(waiter);
      } else {
        LockSupport.parkNanos(waiter, waiter.due - now);
      }
    }
  }

  private void watchTheClock() {
    if (!watched.get() && watched.compareAndSet(false, true)) {
      Thread.ofVirtual().name("await-order-clock").start(this::wakeWhoIsDue);
    }
  }

  private void wakeWhoIsDue() {
    do {
      do {
        LockSupport.parkNanos(TICK.toNanos());
        long now = System.nanoTime();
        for (Waiter waiter : waiting.values()) {
          if (waiter.isDue(now)) {
            LockSupport.unpark(waiter.thread);
          }
        }
      } while (!waiting.isEmpty());
      watched.set(false);
      // Who came before that has seen this thread watching.
    } while (!waiting.isEmpty() && watched.compareAndSet(false, true));
  }

  /** Hands over how these orders stand, once the transaction that settles them is durable. */
  void settledBy(Collection<Order> orders, UnitOfWork tx) {
    if (!orders.isEmpty()) {
      List<OrderState> outcomes = orders.stream().map(Order::state).toList();
      tx.afterCommit(() -> settled(outcomes));
    }
  }

  private void settled(List<OrderState> outcomes) {
    synchronized (settledLately) {
      outcomes.forEach(order -> settledLately.put(order.id(), order));
    }
    // Whoever comes to wait from here on finds it above.
    for (OrderState order : outcomes) {
      Waiter waiter = waiting.get(order.id());
      if (waiter != null) {
        waiter.outcome = order;
        LockSupport.unpark(waiter.thread);
      }
    }
  }

  private @Nullable OrderState settledLately(UUID orderId) {
    synchronized (settledLately) {
      return settledLately.get(orderId);
    }
  }

  /** Who waits, until when, and when to look next; times are of {@link System#nanoTime}. */
  private static final class Waiter {
    private final Thread thread = Thread.currentThread();
    private final long end;
    private volatile long due;
    private volatile @Nullable OrderState outcome;

    Waiter(long end) {
      this.end = end;
      lookNext(System.nanoTime());
    }

    void lookNext(long now) {
      long next = now + LOOK_EVERY.toNanos();
      due = next - end < 0 ? next : end;
    }

    boolean isDue(long now) {
      return now - due >= 0;
    }
  }
}
