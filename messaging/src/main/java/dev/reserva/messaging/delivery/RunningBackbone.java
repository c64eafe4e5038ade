package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each subscription and worker of this process on a thread of its own. With a broker, also the
 * {@linkplain RelayLoop relay} and an {@linkplain IntakeLoop intake} for each queue.
 */
public final class RunningBackbone implements Backbone {

  private static final Logger LOG = LoggerFactory.getLogger(RunningBackbone.class);
  private static final Duration CATCH_UP_POLL = Duration.ofMillis(2);

  /** Longer, because each look at a subscription of another process is a query. */
  private static final Duration RECORD_POLL = Duration.ofMillis(20);

  private final Map<String, SubscriptionLoop> loops = new LinkedHashMap<>();
  private final @Nullable RelayLoop relay;
  private final List<IntakeLoop> intakes;
  private final Map<String, WorkerRunner> workers = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Transactions transactions;
  private final Cursors cursors;
  private final Parking parking;
  private final EventLog log;
  private final RateMeter published;
  private final long startedNanos;

  /**
   * @param local the same object that the transactions use
   * @param published counts what this process appends to the log
   */
  public RunningBackbone(
      Collection<Subscription> subscriptions,
      Collection<Worker> workers,
      Transport transport,
      Transactions transactions,
      Cursors cursors,
      Parking parking,
      LocalDelivery local,
      EventLog log,
      RateMeter published,
      Clock clock) {
    this(
        subscriptions,
        workers,
        transport,
        transactions,
        cursors,
        parking,
        local,
        log,
        published,
        clock,
        null);
  }

  /**
   * @param broker joins this log to others; null when there is none
   */
  public RunningBackbone(
      Collection<Subscription> subscriptions,
      Collection<Worker> workers,
      Transport transport,
      Transactions transactions,
      Cursors cursors,
      Parking parking,
      LocalDelivery local,
      EventLog log,
      RateMeter published,
      Clock clock,
      @Nullable BrokerParts broker) {
    this.transactions = transactions;
    this.cursors = cursors;
    this.parking = parking;
    this.log = log;
    this.published = published;
    LongSupplier nanoTime = System::nanoTime;
    this.startedNanos = nanoTime.getAsLong();
    LoopParts parts =
        new LoopParts(
            transport,
            transactions,
            cursors,
            parking,
            local,
            RandomGenerator.getDefault(),
            UUID.randomUUID(),
            nanoTime);
    for (Subscription subscription : subscriptions) {
      SubscriptionLoop loop = new SubscriptionLoop(subscription, parts, new RateMeter(nanoTime));
      if (loops.put(subscription.name(), loop) != null) {
        throw new IllegalArgumentException(
            "subscription %s is declared twice".formatted(subscription.name()));
      }
    }
    for (Worker worker : workers) {
      if (this.workers.put(worker.name(), new WorkerRunner(worker, clock)) != null) {
        throw new IllegalArgumentException("worker %s is declared twice".formatted(worker.name()));
      }
    }
    if (broker == null) {
      this.relay = null;
      this.intakes = List.of();
    } else {
      if (loops.containsKey(RelayLoop.NAME)) {
        throw new IllegalArgumentException(
            "no subscription may be called %s: the relay is".formatted(RelayLoop.NAME));
      }
      this.relay = new RelayLoop(broker, parts, new RateMeter(nanoTime));
      this.intakes =
          broker.broker().queues().stream()
              .map(queue -> new IntakeLoop(queue, broker, parts))
              .toList();
    }
  }

  public synchronized void start() {
    if (!threads.isEmpty()) {
      throw new IllegalStateException("the backbone is running already");
    }
    loops.forEach((name, loop) -> begin("subscription-" + name, loop));
    if (relay != null) {
      begin(relay.name(), relay);
    }
    intakes.forEach(intake -> begin(intake.name(), intake));
    workers.forEach((name, worker) -> begin("worker-" + name, worker));
  }

  private void begin(String name, Runnable loop) {
    threads.add(Thread.ofPlatform().name(name).daemon().start(loop));
  }

  /**
   * Stops each loop after its current transaction or step.
   *
   * @return whether all loops ended within the time; the transaction of one that did not rolls back
   *     when its connection closes
   */
  public synchronized boolean stop(Duration timeout) {
    intakes.forEach(IntakeLoop::stop);
    cursorLoops().forEach(CursorLoop::stop);
    workers.values().forEach(WorkerRunner::stop);
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean all = true;
    for (Thread thread : threads) {
      try {
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        if (!thread.join(left)) {
          LOG.warn("loop did not stop in time: thread={}", thread.getName());
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
    return cursorLoops().map(loop -> status(loop, end)).toList();
  }

  /** The relay comes after the subscriptions. */
  private Stream<CursorLoop> cursorLoops() {
    return Stream.concat(loops.values().stream(), Stream.ofNullable(relay));
  }

  private @Nullable CursorLoop cursorLoop(String name) {
    return relay != null && name.equals(relay.name()) ? relay : loops.get(name);
  }

  private SubscriptionStatus status(CursorLoop loop, long end) {
    String name = loop.name();
    long position = position(loop);
    Parking.Counts counts = parking.counts(name);
    RateMeter.Snapshot total = loop.meter().total();
    return new SubscriptionStatus(
        name,
        position,
        Math.max(0, end - position),
        counts.parked(),
        counts.dead(),
        total.handled(),
        total.failed(),
        loop.state().text(),
        loop.lastError());
  }

  @Override
  public List<IntakeStatus> intakes() {
    return intakes.stream().map(RunningBackbone::status).toList();
  }

  @Override
  public Optional<BrokerStatus> broker() {
    return Optional.ofNullable(relay)
        .map(relaying ->
            new BrokerStatus(
                relaying.brokerAnswers() && intakes.stream().allMatch(IntakeLoop::brokerAnswers),
                relaying.meter().lastMinute().handled() / measuredMinutes()));
  }

  private static IntakeStatus status(IntakeLoop intake) {
    IntakeLoop.Counts counts = intake.counts();
    return new IntakeStatus(
        intake.name(),
        counts.imported(),
        counts.repeated(),
        counts.unreadable(),
        intake.lag(),
        intake.state().text(),
        intake.lastError());
  }

  /** While another process runs the subscription, only the database knows its position. */
  private long position(CursorLoop loop) {
    return loop.state() == LoopState.STANDBY
        ? cursors.position(loop.name()).orElse(0)
        : loop.position();
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

  /** Makes a subscription look for due retries, because an operator's command made one due. */
  public void wakeSubscription(String subscription) {
    SubscriptionLoop loop = loops.get(subscription);
    if (loop != null) {
      loop.wake();
    }
  }

  @Override
  public boolean awaitCaughtUp(String subscription, Duration timeout) {
    CursorLoop loop = cursorLoop(subscription);
    if (loop == null) {
      return true;
    }
    long target = log.end();
    loop.wake(); // events of other types do not wake it
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!loop.knowsItsPosition() || position(loop) < target) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      try {
        boolean here = loop.state() != LoopState.STANDBY;
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
    transactions.run(tx -> replay(subscription, after, tx));
  }

  @Override
  public void replay(String subscription, long after, UnitOfWork tx) {
    if (!cursors.rewind(tx, subscription, after)) {
      throw new IllegalArgumentException("there is no subscription " + subscription);
    }
    // Read after the rewind, which keeps segments after the cursor from being dropped.
    long start = log.start();
    long end = log.end();
    if (after < start - 1 || after > end) {
      throw new IllegalArgumentException(
          "position must be %d..%d, was %d".formatted(start - 1, end, after));
    }
    CursorLoop loop = cursorLoop(subscription);
    if (loop != null) {
      tx.afterCommit(loop::reclaim);
    }
  }

  @Override
  public Rates rates() {
    double minutes = measuredMinutes();
    long handled = 0;
    long failed = 0;
    long nanos = 0;
    for (SubscriptionLoop loop : loops.values()) {
      RateMeter.Snapshot minute = loop.meter().lastMinute();
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

  /** How much of the last full minute was measured. */
  private double measuredMinutes() {
    return Math.clamp((System.nanoTime() - startedNanos) / 60e9, 1 / 60.0, 1.0);
  }
}
