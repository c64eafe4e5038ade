package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives every subscription and worker of this process its thread. */
public final class RunningBackbone implements Backbone {

  private static final Logger LOG = LoggerFactory.getLogger(RunningBackbone.class);
  private static final Duration CATCH_UP_POLL = Duration.ofMillis(2);

  /** For a subscription that another process runs: each look is a query. */
  private static final Duration RECORD_POLL = Duration.ofMillis(20);

  private final Map<String, SubscriptionRunner> runners = new LinkedHashMap<>();
  private final Map<String, WorkerRunner> workers = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Transactions transactions;
  private final DeliveryStore store;
  private final EventLog log;
  private final RateMeter published;
  private final long startedNanos;

  /**
   * @param published counts what this process appends to the log
   */
  public RunningBackbone(
      Collection<Subscription> subscriptions,
      Collection<Worker> workers,
      Transport transport,
      Transactions transactions,
      DeliveryStore store,
      EventLog log,
      RateMeter published,
      Clock clock) {
    this.transactions = transactions;
    this.store = store;
    this.log = log;
    this.published = published;
    LongSupplier nanoTime = System::nanoTime;
    this.startedNanos = nanoTime.getAsLong();
    UUID process = UUID.randomUUID();
    for (Subscription subscription : subscriptions) {
      SubscriptionRunner runner =
          new SubscriptionRunner(
              subscription,
              transport,
              transactions,
              store,
              RandomGenerator.getDefault(),
              new RateMeter(nanoTime),
              process,
              nanoTime);
      if (runners.put(subscription.name(), runner) != null) {
        throw new IllegalArgumentException(
            "subscription %s is declared twice".formatted(subscription.name()));
      }
    }
    for (Worker worker : workers) {
      if (this.workers.put(worker.name(), new WorkerRunner(worker, clock)) != null) {
        throw new IllegalArgumentException("worker %s is declared twice".formatted(worker.name()));
      }
    }
  }

  public synchronized void start() {
    if (!threads.isEmpty()) {
      throw new IllegalStateException("the backbone runs already");
    }
    runners.forEach((name, runner) -> begin("subscription-" + name, runner));
    workers.forEach((name, worker) -> begin("worker-" + name, worker));
  }

  private void begin(String name, Runnable loop) {
    threads.add(Thread.ofPlatform().name(name).daemon().start(loop));
  }

  /**
   * Lets each loop end its current transaction or step, and takes up nothing new.
   *
   * @return whether all ended within the time; what did not is rolled back when its connection
   *     closes
   */
  public synchronized boolean stop(Duration timeout) {
    runners.values().forEach(SubscriptionRunner::stop);
    workers.values().forEach(WorkerRunner::stop);
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean all = true;
    for (Thread thread : threads) {
      try {
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        if (!thread.join(left)) {
          LOG.warn("still busy at stop: thread={}", thread.getName());
          all = false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    threads.clear();
    return all;
  }

  @Override
  public List<SubscriptionStatus> subscriptions() {
    long end = log.end();
    return runners.values().stream().map(runner -> status(runner, end)).toList();
  }

  private SubscriptionStatus status(SubscriptionRunner runner, long end) {
    String name = runner.subscription().name();
    long position = position(runner);
    DeliveryStore.Counts counts = store.counts(name);
    RateMeter.Snapshot total = runner.meter().total();
    return new SubscriptionStatus(
        name,
        position,
        Math.max(0, end - position),
        counts.parked(),
        counts.dead(),
        total.handled(),
        total.failed(),
        switch (runner.state()) {
          case RUNNING -> "running";
          case PROBING -> "probing";
          case STANDBY -> "standby";
          case STOPPED -> "stopped";
        },
        runner.lastError());
  }

  /** Where another process runs it, only the record tells. */
  private long position(SubscriptionRunner runner) {
    return runner.state() == SubscriptionRunner.State.STANDBY
        ? store.position(runner.subscription().name()).orElse(0)
        : runner.position();
  }

  @Override
  public List<WorkerStatus> workers() {
    return workers.values().stream().map(WorkerRunner::status).toList();
  }

  @Override
  public void wake(String worker) {
    WorkerRunner runner = workers.get(worker);
    if (runner != null) {
      runner.wake();
    }
  }

  /** Lets a subscription look for retries that are due: an operator has freed one. */
  public void wakeSubscription(String subscription) {
    SubscriptionRunner runner = runners.get(subscription);
    if (runner != null) {
      runner.wake();
    }
  }

  @Override
  public boolean awaitCaughtUp(String subscription, Duration timeout) {
    SubscriptionRunner runner = runners.get(subscription);
    if (runner == null) {
      return true;
    }
    long target = log.end();
    runner.wake(); // it may sleep through what it does not hear
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!runner.knowsItsPosition() || position(runner) < target) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      try {
        boolean here = runner.state() != SubscriptionRunner.State.STANDBY;
        TimeUnit.NANOSECONDS.sleep((here ? CATCH_UP_POLL : RECORD_POLL).toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  @Override
  public void replay(String subscription, long after) {
    transactions.run(tx -> {
      if (!store.rewind(tx, subscription, after)) {
        throw new IllegalArgumentException("there is no subscription " + subscription);
      }
      // Looked at only now that nothing behind this cursor can be dropped any more.
      long start = log.start();
      long end = log.end();
      if (after < start - 1 || after > end) {
        throw new IllegalArgumentException(
            "position must be %d..%d, was %d".formatted(start - 1, end, after));
      }
    });
    SubscriptionRunner runner = runners.get(subscription);
    if (runner != null) {
      runner.claimAnew();
    }
  }

  @Override
  public Rates rates() {
    double minutes = Math.clamp((System.nanoTime() - startedNanos) / 60e9, 1 / 60.0, 1.0);
    long handled = 0;
    long failed = 0;
    long nanos = 0;
    for (SubscriptionRunner runner : runners.values()) {
      RateMeter.Snapshot minute = runner.meter().lastMinute();
      handled += minute.handled();
      failed += minute.failed();
      nanos += minute.nanos();
    }
    return new Rates(
        published.lastMinute().handled() / minutes,
        handled / minutes,
        failed / minutes,
        handled == 0 ? 0 : nanos / 1e6 / handled);
  }
}
