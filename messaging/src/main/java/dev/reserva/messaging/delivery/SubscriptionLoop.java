package dev.reserva.messaging.delivery;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.delivery.Cursors.Claim;
import dev.reserva.messaging.delivery.Cursors.Fenced;
import dev.reserva.messaging.transport.Consumer;
import dev.reserva.messaging.transport.StartingPoint;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one subscription on one thread: claims it, handles what arrives ({@link BatchIntake}),
 * retries what is due ({@link RetryParked}), and waits when there is nothing to do.
 *
 * <p>{@link #run()} repeats {@link #step()} until {@link #stop()}.
 */
public final class SubscriptionLoop implements Runnable {

  private static final Duration STANDBY_WAIT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionLoop.class);

  private final Subscription subscription;
  private final LoopParts parts;
  private final RateMeter meter;
  private final Ownership ownership;
  private final RetryParked retries;
  private final BatchIntake intake;
  private final Probing probing;

  /** How often this loop was told to claim its subscription anew, and has. */
  private final AtomicInteger claimsAsked = new AtomicInteger();

  private volatile int claimsDone;
  private volatile boolean stopped;
  private volatile State state = State.STANDBY;
  private volatile @Nullable Consumer consumer;
  private volatile @Nullable Thread thread;

  /** What a loop is doing. */
  public enum State {
    RUNNING,
    /** A dependency is down. */
    PROBING,
    /** Another process runs the subscription. */
    STANDBY,
    STOPPED
  }

  public SubscriptionLoop(Subscription subscription, LoopParts parts, RateMeter meter) {
    this.subscription = subscription;
    this.parts = parts;
    this.meter = meter;
    this.ownership = new Ownership(subscription, parts, meter, this::wakeConsumer);
    this.retries = new RetryParked(subscription, parts, ownership, meter);
    HandleBatch batches = new HandleBatch(subscription, parts, ownership, retries, meter);
    this.intake = new BatchIntake(subscription, parts, ownership, batches);
    this.probing = new Probing(subscription.name());
  }

  public Subscription subscription() {
    return subscription;
  }

  public State state() {
    return state;
  }

  /** Handled, failed and how fast, since this loop was made. */
  public RateMeter meter() {
    return meter;
  }

  /** How far this loop has come in the log. */
  public long position() {
    Consumer open = consumer;
    return open == null ? ownership.position() : Math.max(ownership.position(), open.passedTo());
  }

  public @Nullable String lastError() {
    return probing.lastError();
  }

  /** Ends a wait, and looks for due retries. */
  public void wake() {
    retries.lookSoon();
    wakeConsumer();
  }

  private void wakeConsumer() {
    Consumer open = consumer;
    if (open != null) {
      open.wake();
    }
  }

  /** The subscription was sent to another position: this loop has to claim it again. */
  void claimAnew() {
    claimsAsked.incrementAndGet();
    wake();
  }

  /** Whether {@link #position()} is the recorded position, or was. */
  boolean knowsItsPosition() {
    return claimsDone == claimsAsked.get();
  }

  /** Lets the current transaction end and takes no further one. */
  public void stop() {
    stopped = true;
    wake();
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
    }
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    while (!stopped) {
      try {
        if (!step()) {
          awaitWork();
        }
        pause(intake.untilNextPoll());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    thread = null;
    ownership.release();
    closeConsumer();
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
      if (!ownership.holds() && !claim()) {
        state = State.STANDBY;
        return false;
      }
      ownership.verifyIfAsked();
      boolean progress = retries.retryDue();
      progress |= intake.takeNext(consumer());
      ownership.renewIfDue();
      recovered();
      return progress;
    } catch (Fenced e) {
      LOG.info("subscription lost to another process: subscription={}", subscription.name());
      lose();
      return false;
    } catch (DependencyUnavailable e) {
      unavailable(e);
      return false;
    } catch (Throwable e) {
      // Not a handler's failure (those are parked) but the backbone's own, or memory's: while it
      // lasts nothing is lost, only late.
      LOG.error("subscription cannot go on: subscription={}", subscription.name(), e);
      unavailable(e);
      return false;
    }
  }

  private boolean claim() {
    int asked = claimsAsked.get();
    Optional<Claim> taken = ownership.claim();
    if (taken.isPresent()) {
      Claim held = taken.get();
      consumer =
          parts.transport().open(subscription, new StartingPoint(held.position(), held.flag()));
      retries.begin(held.parked());
      if (held.parked()) {
        ownership.refreshParkedKeys();
      }
      state = State.RUNNING;
    }
    claimsDone = asked;
    return taken.isPresent();
  }

  private void lose() {
    closeConsumer();
    ownership.lose();
    state = State.STANDBY;
  }

  private void closeConsumer() {
    Consumer open = consumer;
    if (open != null) {
      open.close();
    }
    consumer = null;
  }

  private void awaitWork() throws InterruptedException {
    Consumer open = consumer;
    if (probing.isProbing()) {
      pause(probing.nextPause());
    } else if (open == null) {
      pause(STANDBY_WAIT);
    } else {
      open.await(longestWait());
    }
  }

  private Duration longestWait() {
    Duration due = retries.untilDue();
    return retries.anyParked() && due.compareTo(Ownership.RENEW_EVERY) < 0
        ? due
        : Ownership.RENEW_EVERY;
  }

  private void pause(Duration duration) {
    if (!stopped && duration.isPositive()) {
      LockSupport.parkNanos(this, duration.toNanos());
    }
  }

  private void unavailable(Throwable e) {
    probing.failed(e);
    state = State.PROBING;
    Consumer open = consumer;
    if (open != null && ownership.holds()) {
      ownership.forgetUnacknowledged();
      open.redeliver();
    }
  }

  private void recovered() {
    probing.succeeded();
    state = State.RUNNING;
  }

  private Consumer consumer() {
    Consumer open = consumer;
    if (open == null) {
      throw new IllegalStateException("subscription %s is not open".formatted(subscription.name()));
    }
    return open;
  }
}
