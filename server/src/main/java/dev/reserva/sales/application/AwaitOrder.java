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
 * Lets a buyer wait until an order that is being placed is settled. A transaction of this process
 * that settles it hands the outcome over, so that waiting costs no query. An order that another
 * process settles is found by polling. The buyer's thread sleeps until the order is settled; it is
 * not woken when the order is placed.
 */
public final class AwaitOrder {

  /**
   * Pause between polls, for orders that another process settles. These are rare, so it may be
   * long.
   */
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /**
   * Outcomes kept for buyers who begin to wait a moment after their order was settled: as many as
   * the fastest process settles in a tenth of a second.
   */
  private static final int REMEMBERED = 1_024;

  /**
   * How late a poll or the end of a wait may come. One thread watches the clock for all waits: a
   * timer for each would cost more than the wait itself.
   */
  private static final Duration TICK = Duration.ofMillis(50);

  private final Semaphore places;
  private final ConcurrentHashMap<UUID, Wait> waiting = new ConcurrentHashMap<>();

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

  /** Prepares the calling thread to wait for an order that is about to be placed. */
  public Wait prepare() {
    return new Wait();
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
        for (Wait wait : waiting.values()) {
          if (wait.isDue(now)) {
            LockSupport.unpark(wait.thread);
          }
        }
      } while (!waiting.isEmpty());
      watched.set(false);
      // A wait that began before that has seen this thread watching.
    } while (!waiting.isEmpty() && watched.compareAndSet(false, true));
  }

  /** Hands the states of these orders over, once the transaction that settles them is durable. */
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
    // A wait that begins from here on finds the outcome above.
    for (OrderState order : outcomes) {
      Wait wait = waiting.get(order.id());
      if (wait != null) {
        wait.outcome = order;
        LockSupport.unpark(wait.thread);
      }
    }
  }

  private @Nullable OrderState settledLately(UUID orderId) {
    synchronized (settledLately) {
      return settledLately.get(orderId);
    }
  }

  /**
   * One buyer's wait. First the order is unknown; then it is either {@link #placed} or there is
   * nothing to wait for.
   */
  public final class Wait {

    /** What the buyer's thread waits for. */
    private enum Stage {
      /** For the order to be placed or refused. */
      PLACING,
      /** For the order to be settled. */
      SETTLING,
      /** The same, but another buyer waits for the order, and only that one is woken. */
      SETTLING_UNWOKEN,
      NOTHING
    }

    private final Thread thread = Thread.currentThread();
    private volatile Stage stage = Stage.PLACING;
    private volatile @Nullable OrderState outcome;

    /** Set once, by whoever places the order, before the stage. */
    private @Nullable UUID orderId;

    /** When to poll next, and when the wait is over; of {@link System#nanoTime}. */
    private volatile long due;

    private long end;

    private Wait() {}

    /**
     * The order is placed and under way; the wait begins, unless too many wait already. To be
     * called once, by any thread.
     */
    public synchronized void placed(UUID id, Duration timeout) {
      if (stage == Stage.NOTHING) {
        return; // the buyer's thread was interrupted and is gone
      }
      if (!places.tryAcquire()) {
        notPlaced();
        return;
      }
      long now = System.nanoTime();
      orderId = id;
      end = now + timeout.toNanos();
      lookNext(now);
      boolean first = waiting.putIfAbsent(id, this) == null;
      // A transaction that settles the order from here on finds this wait.
      OrderState before = settledLately(id);
      if (before != null) {
        outcome = before;
      }
      stage = first ? Stage.SETTLING : Stage.SETTLING_UNWOKEN;
      if (before != null || outcome != null || !first) {
        LockSupport.unpark(thread);
      } else {
        watchTheClock();
      }
    }

    /** There is nothing to wait for. To be called instead of {@link #placed}, by any thread. */
    public synchronized void notPlaced() {
      stage = Stage.NOTHING;
      LockSupport.unpark(thread);
    }

    /**
     * Waits until it is known that there is nothing to wait for, or until the order is no longer
     * under way or the time is over. To be called by the thread that prepared the wait.
     *
     * @param look reads the order; called each half second and when the time is over
     * @return the order at the end; empty when there was nothing to wait for, too many waited
     *     already, or there is no such order
     */
    public Optional<OrderState> outcome(Function<UUID, Optional<OrderState>> look) {
      while (stage == Stage.PLACING) {
        if (Thread.currentThread().isInterrupted()) {
          giveUp();
        } else {
          LockSupport.park(this);
        }
      }
      UUID id = orderId;
      if (id == null) {
        return Optional.empty();
      }
      try {
        return settled(id, look);
      } finally {
        waiting.remove(id, this);
        places.release();
      }
    }

    private synchronized void giveUp() {
      if (stage == Stage.PLACING) {
        stage = Stage.NOTHING;
      }
    }

    private Optional<OrderState> settled(UUID id, Function<UUID, Optional<OrderState>> look) {
      while (true) {
        OrderState known = outcome;
        if (known != null) {
          return Optional.of(known);
        }
        long now = System.nanoTime();
        boolean interrupted = Thread.currentThread().isInterrupted();
        if (interrupted || isDue(now)) {
          boolean over = interrupted || now - end >= 0;
          Optional<OrderState> found = look.apply(id);
          if (over || found.isEmpty() || !found.get().status().isUnderWay()) {
            return found;
          }
          lookNext(now);
        } else if (stage == Stage.SETTLING) {
          LockSupport.park(this);
        } else {
          LockSupport.parkNanos(this, due - now);
        }
      }
    }

    private void lookNext(long now) {
      long next = now + LOOK_EVERY.toNanos();
      due = next - end < 0 ? next : end;
    }

    private boolean isDue(long now) {
      return now - due >= 0;
    }
  }
}
