package dev.reserva.messaging.delivery;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.RetryPolicy;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.delivery.DeliveryStore.Claim;
import dev.reserva.messaging.delivery.DeliveryStore.Failure;
import dev.reserva.messaging.delivery.DeliveryStore.Fenced;
import dev.reserva.messaging.delivery.DeliveryStore.Parked;
import dev.reserva.messaging.delivery.DeliveryStore.Progress;
import dev.reserva.messaging.transport.Inlet;
import dev.reserva.messaging.transport.Transport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one subscription: claims it, takes what arrives, lets the handler work on it, parks what
 * fails, retries what is due.
 *
 * <p>Everything happens in {@link #step()}, by one thread; {@link #run()} repeats it until {@link
 * #stop()}. A batch is one transaction: effects, new events and progress commit together. A batch
 * that fails is halved until the events that fail alone are found, so one poison event costs a few
 * more transactions and no other event anything. Where many fail, few are retried at a time, and
 * new ones have their turn in between.
 */
public final class SubscriptionRunner implements Runnable {

  /** How long a runner that has gone silent keeps its subscription. */
  static final Duration LEASE = Duration.ofSeconds(10);

  /**
   * Longest wait: the lease is renewed, and anything that failed to wake us is found, at this pace.
   */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

  private static final Duration STANDBY_WAIT = Duration.ofSeconds(1);

  /** While anything is parked, an operator of another process may have freed it. */
  private static final Duration LONGEST_DUE_WAIT = Duration.ofSeconds(1);

  private static final Duration FIRST_PROBE = Duration.ofMillis(100);
  private static final Duration SLOWEST_PROBE = Duration.ofSeconds(5);

  /**
   * So many are retried at a time after one has failed again: each that fails costs three
   * transactions, for which all that is new waits.
   */
  private static final int CAUTIOUS = 32;

  private static final int MAX_TRACE = 16_000;
  private static final int MAX_ERROR = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionRunner.class);

  private final Subscription subscription;
  private final Transport transport;
  private final Transactions transactions;
  private final DeliveryStore store;
  private final RandomGenerator random;
  private final RateMeter meter;
  private final UUID owner;
  private final LongSupplier nanoTime;

  private @Nullable Claim claim;
  private @Nullable Inlet inlet;
  private boolean parked;
  private boolean cautious;
  private long renewAt;
  private long dueAt;
  private long tookAt;
  private boolean full;
  private Duration probe = FIRST_PROBE;

  private volatile boolean stopped;
  private volatile boolean lookForDue;

  /** How often this runner was told to claim its subscription anew, and has. */
  private final AtomicInteger claimsAsked = new AtomicInteger();

  private volatile int claimsDone;
  private volatile long position;
  private volatile State state = State.STANDBY;
  private volatile @Nullable String lastError;
  private volatile @Nullable Inlet wakeable;
  private volatile @Nullable Thread waiting;

  /** What a runner is doing. */
  public enum State {
    RUNNING,
    PROBING,
    STANDBY,
    STOPPED
  }

  /**
   * @param owner this process, in the record of who runs what
   * @param random spreads retries
   * @param nanoTime a clock that only moves forward, {@code System::nanoTime}
   */
  public SubscriptionRunner(
      Subscription subscription,
      Transport transport,
      Transactions transactions,
      DeliveryStore store,
      RandomGenerator random,
      RateMeter meter,
      UUID owner,
      LongSupplier nanoTime) {
    this.subscription = subscription;
    this.transport = transport;
    this.transactions = transactions;
    this.store = store;
    this.random = random;
    this.meter = meter;
    this.owner = owner;
    this.nanoTime = nanoTime;
  }

  public Subscription subscription() {
    return subscription;
  }

  public State state() {
    return state;
  }

  /** Handled, failed and how fast, since this runner was made. */
  public RateMeter meter() {
    return meter;
  }

  /** How far this runner has come in the log. */
  public long position() {
    return position;
  }

  public @Nullable String lastError() {
    return lastError;
  }

  /** Ends a wait, so that what is due is looked at now. */
  public void wake() {
    lookForDue = true;
    Inlet current = wakeable;
    if (current != null) {
      current.wake();
    }
  }

  /** The subscription was sent to another position: what this runner remembers is void. */
  void claimAnew() {
    claimsAsked.incrementAndGet();
    wake();
  }

  /** Whether {@link #position()} is what the record says, or was. */
  boolean knowsItsPosition() {
    return claimsDone == claimsAsked.get();
  }

  /** Lets the current transaction end and takes no further one. */
  public void stop() {
    stopped = true;
    wake();
    Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    waiting = Thread.currentThread();
    while (!stopped) {
      try {
        if (!step()) {
          awaitWork();
        }
        keepPace();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    waiting = null;
    Claim held = claim;
    if (held != null) {
      try {
        store.release(held, position);
      } catch (RuntimeException e) {
        LOG.info("subscription not released, its lease will end: subscription={}", name());
      }
    }
    lose();
    state = State.STOPPED;
  }

  /**
   * Does what there is to do now, at most one batch of each kind.
   *
   * @return whether anything was done, so that there may be more
   */
  public boolean step() {
    try {
      if (!knowsItsPosition()) {
        lose();
      }
      Claim held = claim == null ? tryClaim() : claim;
      if (held == null) {
        state = State.STANDBY;
        return false;
      }
      boolean progress = retryDue();
      progress |= takeNext();
      if (nanoTime.getAsLong() - renewAt > 0) {
        renew();
      }
      recovered();
      return progress;
    } catch (Fenced e) {
      LOG.info("subscription lost to another process: subscription={}", name());
      lose();
      return false;
    } catch (DependencyUnavailable e) {
      unavailable(e);
      return false;
    } catch (Throwable e) {
      // Not a handler's failure (those are parked) but the backbone's own, or memory's: as long as
      // it lasts nothing is lost, only late.
      LOG.error("subscription cannot go on: subscription={}", name(), e);
      unavailable(e);
      return false;
    }
  }

  private @Nullable Claim tryClaim() {
    int asked = claimsAsked.get();
    Optional<Claim> taken = store.claim(name(), owner, LEASE);
    if (taken.isEmpty()) {
      claimsDone = asked;
      return null;
    }
    Claim held = taken.get();
    Inlet opened = transport.open(subscription, held.position());
    claim = held;
    inlet = opened;
    wakeable = opened;
    position = held.position();
    claimsDone = asked;
    parked = held.parked();
    cautious = parked;
    lookForDue = true;
    renewed();
    state = State.RUNNING;
    LOG.info(
        "subscription runs: subscription={} position={} epoch={}",
        name(),
        held.position(),
        held.epoch());
    return held;
  }

  private void lose() {
    Inlet open = inlet;
    if (open != null) {
      open.close();
    }
    claim = null;
    inlet = null;
    wakeable = null;
    if (state != State.STOPPED) {
      state = State.STANDBY;
    }
  }

  private boolean takeNext() {
    Inlet.Delivery delivery = inlet().poll(subscription.maxBatch());
    if (delivery.messages().isEmpty()) {
      // What was passed over is a step, too: more may follow at once.
      boolean moved = delivery.upTo() > position;
      position = Math.max(position, delivery.upTo());
      inlet().acknowledge(delivery);
      return moved;
    }
    tookAt = nanoTime.getAsLong();
    try (Transactions.Turn _ = transactions.awaitTurn()) {
      Inlet.Delivery gathered = gathered(delivery);
      full =
          gathered.messages().size() >= subscription.maxBatch(); // there is more: no time to lose
      handle(gathered.messages(), gathered.upTo());
    }
    return true;
  }

  /** With what has arrived while the subscription waited for its turn. */
  private Inlet.Delivery gathered(Inlet.Delivery first) {
    int room = subscription.maxBatch() - first.messages().size();
    if (room <= 0) {
      return first;
    }
    Inlet.Delivery more = inlet().poll(room);
    if (more.messages().isEmpty()) {
      return new Inlet.Delivery(first.messages(), Math.max(first.upTo(), more.upTo()));
    }
    List<Message> all = new ArrayList<>(first.messages());
    all.addAll(more.messages());
    return new Inlet.Delivery(all, more.upTo());
  }

  /** Handles messages in order, in as few transactions as their failures allow. */
  private void handle(List<Message> messages, long upTo) {
    long started = nanoTime.getAsLong();
    Progress progress;
    try {
      progress =
          transactions.call(tx -> {
            List<Message> fresh = inlet().fresh(tx, messages);
            List<Message> free = fresh;
            int parkedBehind = 0;
            if (parked && !fresh.isEmpty()) {
              Map<UUID, Long> heads = store.parkedHeads(tx, name(), keys(fresh));
              List<Message> behind = fresh.stream().filter(m -> isBehind(m, heads)).toList();
              if (!behind.isEmpty()) {
                parkedBehind = store.parkBehind(tx, name(), behind);
                free = fresh.stream().filter(m -> !isBehind(m, heads)).toList();
              }
            }
            if (!free.isEmpty()) {
              subscription.handler().handle(free, tx);
            }
            Progress done = new Progress(upTo, free.size() + parkedBehind, free.size());
            store.advance(tx, claim(), done, LEASE);
            return done;
          });
    } catch (Throwable e) {
      if (concernsAll(e)) {
        throw e;
      }
      if (messages.size() > 1) {
        int half = messages.size() / 2;
        List<Message> first = messages.subList(0, half);
        handle(first, first.getLast().position());
        handle(messages.subList(half, messages.size()), upTo);
      } else {
        park(messages.getFirst(), upTo, e);
      }
      return;
    }
    // From here on it has happened: what fails now is the transport's, not a message's.
    advanced(progress);
    inlet().acknowledge(new Inlet.Delivery(messages, upTo));
    meter.handled(progress.handled(), nanoTime.getAsLong() - started);
  }

  /** Whether it says nothing about the messages at hand: halving them would not help. */
  private static boolean concernsAll(Throwable e) {
    return e instanceof Fenced
        || e instanceof DependencyUnavailable
        || (e instanceof VirtualMachineError && !(e instanceof StackOverflowError));
  }

  private static Set<UUID> keys(List<Message> messages) {
    Set<UUID> keys = new HashSet<>();
    messages.forEach(message -> keys.add(message.key()));
    return keys;
  }

  /** What a replay brings again from before its key's head is not held up by it. */
  private static boolean isBehind(Message message, Map<UUID, Long> heads) {
    Long head = heads.get(message.key());
    return head != null && message.position() >= head;
  }

  private void park(Message message, long upTo, Throwable error) {
    Failure failure = failure(1, error);
    Progress progress =
        transactions.call(tx -> {
          Progress done = new Progress(upTo, inlet().fresh(tx, List.of(message)).size(), 0);
          if (done.delivered() > 0) {
            store.parkFailed(tx, name(), message, failure);
          }
          store.advance(tx, claim(), done, LEASE);
          return done;
        });
    advanced(progress);
    inlet().acknowledge(new Inlet.Delivery(List.of(message), upTo));
    parked = true;
    failed(message, failure);
  }

  private boolean retryDue() {
    if (!parked || (!lookForDue && nanoTime.getAsLong() - dueAt < 0)) {
      return false;
    }
    lookForDue = false;
    int most = cautious ? Math.min(CAUTIOUS, subscription.maxBatch()) : subscription.maxBatch();
    List<Parked> due = store.due(name(), most);
    if (!due.isEmpty()) {
      Set<UUID> failedKeys = new HashSet<>();
      retry(due, failedKeys);
      cautious = !failedKeys.isEmpty();
    }
    Optional<Duration> next = store.untilNextDue(name());
    // Counting takes as long as much is parked: only when nothing is about to run again.
    parked = next.isPresent() || store.counts(name()).parked() > 0;
    Duration pause = next.orElse(LONGEST_DUE_WAIT);
    dueIn(pause.compareTo(LONGEST_DUE_WAIT) < 0 ? pause : LONGEST_DUE_WAIT);
    return !due.isEmpty();
  }

  private void dueIn(Duration pause) {
    dueAt = nanoTime.getAsLong() + pause.toNanos();
  }

  /**
   * @param failedKeys keys of which an earlier event failed in this round: the later ones must wait
   */
  private void retry(List<Parked> due, Set<UUID> failedKeys) {
    List<Parked> ready =
        failedKeys.isEmpty()
            ? due
            : due.stream().filter(p -> !failedKeys.contains(p.message().key())).toList();
    if (ready.isEmpty()) {
      return;
    }
    long started = nanoTime.getAsLong();
    try {
      Progress progress =
          transactions.call(tx -> {
            subscription.handler().handle(ready.stream().map(Parked::message).toList(), tx);
            store.unpark(tx, name(), ready);
            Progress done = new Progress(claim().position(), 0, ready.size());
            store.advance(tx, claim(), done, LEASE);
            return done;
          });
      advanced(progress);
      meter.handled(ready.size(), nanoTime.getAsLong() - started);
    } catch (Throwable e) {
      if (concernsAll(e)) {
        throw e;
      }
      if (ready.size() > 1) {
        int half = ready.size() / 2;
        retry(ready.subList(0, half), failedKeys);
        retry(ready.subList(half, ready.size()), failedKeys);
      } else {
        Parked head = ready.getFirst();
        failedKeys.add(head.message().key());
        Failure failure = failure(head.attempts() + 1, e);
        advanced(
            transactions.call(tx -> {
              store.parkFailed(tx, name(), head.message(), failure);
              Progress done = new Progress(claim().position(), 0, 0);
              store.advance(tx, claim(), done, LEASE);
              return done;
            }));
        failed(head.message(), failure);
      }
    }
  }

  private Failure failure(int attempts, Throwable error) {
    RetryPolicy policy = subscription.retries();
    boolean givenUp = error instanceof Unprocessable || policy.exhausted(attempts);
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    return new Failure(
        attempts,
        givenUp ? null : policy.pauseAfter(attempts, random),
        error.getClass().getSimpleName(),
        limited(String.valueOf(error.getMessage()), MAX_ERROR),
        limited(trace.toString(), MAX_TRACE));
  }

  /** PostgreSQL's texts hold no null character, and a message may quote one. */
  private static String limited(String text, int length) {
    String clean = text.replace('\0', '\uFFFD');
    return clean.length() <= length ? clean : clean.substring(0, length) + "…";
  }

  private void failed(Message message, Failure failure) {
    meter.failed();
    cautious = true;
    Duration retryIn = failure.retryIn();
    if (retryIn != null && nanoTime.getAsLong() + retryIn.toNanos() - dueAt < 0) {
      dueIn(retryIn);
    }
    LOG.warn(
        "event failed: subscription={} type={} id={} key={} attempt={} next={} error={}",
        name(),
        message.type(),
        message.event().id(),
        message.key(),
        failure.attempts(),
        retryIn == null ? "dead letter" : retryIn.toMillis() + "ms",
        failure.type());
  }

  private void advanced(Progress progress) {
    Claim held = claim();
    claim = new Claim(held.subscription(), held.epoch(), progress.position(), held.parked());
    position = Math.max(position, progress.position());
    renewed();
  }

  private void renew() {
    Claim held = claim();
    if (!store.renew(held, position, LEASE)) {
      throw new Fenced(name());
    }
    claim = new Claim(held.subscription(), held.epoch(), position, held.parked());
    renewed();
  }

  private void renewed() {
    renewAt = nanoTime.getAsLong() + LONGEST_WAIT.toNanos();
  }

  private void awaitWork() throws InterruptedException {
    Inlet open = inlet;
    if (state == State.PROBING) {
      pause(probe);
      probe =
          probe.compareTo(SLOWEST_PROBE.dividedBy(2)) > 0 ? SLOWEST_PROBE : probe.multipliedBy(2);
    } else if (open == null) {
      pause(STANDBY_WAIT);
    } else {
      open.await(untilWork());
    }
  }

  private Duration untilWork() {
    if (!parked) {
      return LONGEST_WAIT;
    }
    Duration due = Duration.ofNanos(Math.max(1_000_000, dueAt - nanoTime.getAsLong()));
    return due.compareTo(LONGEST_WAIT) < 0 ? due : LONGEST_WAIT;
  }

  /** Lets events gather for a subscription that is in no hurry. */
  private void keepPace() {
    Duration pace = subscription.pace();
    if (!pace.isZero() && !full) {
      long left = tookAt + pace.toNanos() - nanoTime.getAsLong();
      if (left > 0) {
        pause(Duration.ofNanos(left));
      }
    }
  }

  private void pause(Duration duration) {
    if (!stopped) {
      LockSupport.parkNanos(this, duration.toNanos());
    }
  }

  private void unavailable(Throwable e) {
    if (state != State.PROBING) {
      LOG.warn(
          "subscription slows down and probes: subscription={} reason={}", name(), e.getMessage());
      probe = FIRST_PROBE;
    }
    state = State.PROBING;
    lastError = limited(String.valueOf(e.getMessage()), MAX_ERROR);
    Inlet open = inlet;
    Claim held = claim;
    if (open != null && held != null) {
      open.redeliver();
    }
  }

  private void recovered() {
    if (state == State.PROBING) {
      LOG.info("subscription goes on: subscription={}", name());
      lastError = null;
    }
    state = State.RUNNING;
  }

  private String name() {
    return subscription.name();
  }

  private Claim claim() {
    Claim held = claim;
    if (held == null) {
      throw new IllegalStateException("subscription %s is not claimed".formatted(name()));
    }
    return held;
  }

  private Inlet inlet() {
    Inlet open = inlet;
    if (open == null) {
      throw new IllegalStateException("subscription %s is not open".formatted(name()));
    }
    return open;
  }
}
