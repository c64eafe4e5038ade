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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  private final Semaphore places;
  private final ConcurrentHashMap<UUID, CompletableFuture<OrderState>> waiting =
      new ConcurrentHashMap<>();

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
    long end = System.nanoTime() + timeout.toNanos();
    var outcome = new CompletableFuture<OrderState>();
    waiting.put(orderId, outcome);
    try {
      OrderState before = settledLately(orderId);
      return before == null ? await(orderId, outcome, end, look) : Optional.of(before);
    } finally {
      waiting.remove(orderId);
      places.release();
    }
  }

  private static Optional<OrderState> await(
      UUID orderId,
      CompletableFuture<OrderState> outcome,
      long end,
      Function<UUID, Optional<OrderState>> look) {
    while (true) {
      long left = end - System.nanoTime();
      boolean over = left <= LOOK_EVERY.toNanos();
      try {
        return Optional.of(
            outcome.get(Math.max(0, over ? left : LOOK_EVERY.toNanos()), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        Optional<OrderState> now = look.apply(orderId);
        if (over || now.isEmpty() || !now.get().status().isUnderWay()) {
          return now;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return look.apply(orderId);
      } catch (ExecutionException e) {
        throw new IllegalStateException("an outcome is handed over or not, it never fails", e);
      }
    }
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
      CompletableFuture<OrderState> waiter = waiting.get(order.id());
      if (waiter != null) {
        waiter.complete(order);
      }
    }
  }

  private @Nullable OrderState settledLately(UUID orderId) {
    synchronized (settledLately) {
      return settledLately.get(orderId);
    }
  }
}
