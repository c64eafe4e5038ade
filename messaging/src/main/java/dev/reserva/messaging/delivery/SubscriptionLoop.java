package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.delivery.Cursors.Claim;
import dev.reserva.messaging.delivery.Cursors.Fenced;
import dev.reserva.messaging.transport.Consumer;
import dev.reserva.messaging.transport.StartingPoint;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one subscription on one thread: claims it, handles new events ({@link BatchIntake}), retries
 * parked ones that are due ({@link RetryParked}), and waits when there is nothing to do.
 *
 * <p>{@link #run()} repeats {@link #step()} until {@link #stop()}.
 */
public final class SubscriptionLoop implements CursorLoop {

  private static final Duration STANDBY_WAIT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionLoop.class);

  private final Subscription subscription;
  private final LoopParts parts;
  private final RateMeter meter;
  private final Ownership ownership;
  private final RetryParked retries;
  private final BatchIntake intake;
  private final Lifecycle life;
  private final Reclaims reclaims = new Reclaims();

  private volatile @Nullable Consumer consumer;

  public SubscriptionLoop(Subscription subscription, LoopParts parts, RateMeter meter) {
    this.subscription = subscription;
    this.parts = parts;
    this.meter = meter;
    this.ownership = new Ownership(subscription, parts, meter, this::wakeConsumer);
    this.retries = new RetryParked(subscription, parts, ownership, meter);
    HandleBatch batches = new HandleBatch(subscription, parts, ownership, retries, meter);
    this.intake = new BatchIntake(subscription, parts, ownership, batches);
    this.life = new Lifecycle(subscription.name(), parts.random());
  }

  public Subscription subscription() {
    return subscription;
  }

  @Override
  public LoopState state() {
    return life.state();
  }

  @Override
  public String name() {
    return subscription.name();
  }

  @Override
  public RateMeter meter() {
    return meter;
  }

  /** Position of the last event that this loop has handled, parked or passed over. */
  @Override
  public long position() {
    Consumer open = consumer;
    return open == null ? ownership.position() : Math.max(ownership.position(), open.passedTo());
  }

  @Override
  public @Nullable String lastError() {
    return life.lastError();
  }

  /** Ends a wait and makes the loop look for due retries. */
  @Override
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

  @Override
  public void reclaim() {
    reclaims.request();
    wake();
  }

  @Override
  public boolean knowsItsPosition() {
    return !reclaims.isPending();
  }

  /** Stops the loop after its current transaction. */
  @Override
  public void stop() {
    life.stop();
    wake();
  }

  @Override
  public void run() {
    life.run(() -> {
      if (!step()) {
        awaitWork();
      }
      life.pause(intake.untilNextPoll());
    });
    ownership.release();
    closeConsumer();
    life.is(LoopState.STOPPED);
  }

  /**
   * Retries and handles the events that are there, at most one batch of each.
   *
   * @return whether there may be more to do at once
   */
  public boolean step() {
    try {
      if (!knowsItsPosition()) {
        lose();
      }
      if (!ownership.holds() && !claim()) {
        life.is(LoopState.STANDBY);
        return false;
      }
      ownership.verifyIfAsked();
      boolean progress = retries.retryDue();
      progress |= intake.takeNext(consumer());
      ownership.renewIfDue();
      life.succeeded(LoopState.RUNNING);
      return progress;
    } catch (Fenced e) {
      LOG.info("subscription lost to another process: subscription={}", subscription.name());
      lose();
      return false;
    } catch (Throwable e) { // not a handler's failure, which is parked
      failed(e);
      return false;
    }
  }

  private boolean claim() {
    int requested = reclaims.requested();
    Optional<Claim> taken = ownership.claim();
    if (taken.isPresent()) {
      Claim held = taken.get();
      consumer =
          parts.transport().open(subscription, new StartingPoint(held.position(), held.flag()));
      retries.begin(held.parked());
      if (held.parked()) {
        ownership.refreshParkedKeys();
      }
      life.is(LoopState.RUNNING);
    }
    reclaims.met(requested);
    return taken.isPresent();
  }

  private void lose() {
    closeConsumer();
    ownership.lose();
    life.is(LoopState.STANDBY);
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
    if (life.backsOff()) {
      return;
    }
    if (open == null) {
      life.pause(STANDBY_WAIT);
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

  private void failed(Throwable e) {
    life.failed(e);
    Consumer open = consumer;
    if (open != null && ownership.holds()) {
      ownership.forgetUnacknowledged();
      open.redeliver();
    }
  }

  private Consumer consumer() {
    Consumer open = consumer;
    if (open == null) {
      throw new IllegalStateException("subscription %s is not open".formatted(subscription.name()));
    }
    return open;
  }
}
