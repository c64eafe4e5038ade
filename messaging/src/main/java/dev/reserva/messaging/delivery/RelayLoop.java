package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.delivery.Cursors.Claim;
import dev.reserva.messaging.delivery.Cursors.Fenced;
import dev.reserva.messaging.delivery.RelayWindow.Slot;
import dev.reserva.messaging.transport.BrokerMessage;
import dev.reserva.messaging.transport.BrokerPublisher;
import dev.reserva.messaging.transport.BrokerPublisher.Outcome;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.PublishedEvents;
import dev.reserva.messaging.transport.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes to a broker what the services of a database have published to its log. One process at a
 * time does it for a database.
 *
 * <ul>
 *   <li>The cursor moves only past events that the broker has confirmed, so none is lost. After a
 *       crash, some are sent again.
 *   <li>Of each key one event at a time is in flight ({@link RelayWindow}), so their order holds
 *       through rejections and lost connections.
 *   <li>If somebody consumes an event but the broker has no queue for it, the relay sends nothing
 *       else until that event is delivered. Its state and its error tell operators.
 * </ul>
 *
 * <p>{@link #run()} repeats {@link #step()} until {@link #stop()}.
 */
public final class RelayLoop implements CursorLoop {

  /** The name of its cursor. */
  public static final String NAME = Backbone.RELAY;

  /** A broker that has not confirmed an event for as long has lost it, or the connection hangs. */
  private static final Duration CONFIRM_TIMEOUT = Duration.ofMinutes(1);

  private static final Duration STANDBY_WAIT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(RelayLoop.class);

  private final BrokerParts broker;
  private final LoopParts parts;
  private final RateMeter meter;
  private final RelayCursor cursor;
  private final Probing probing = new Probing(NAME);
  private final Signal signal = new Signal();

  private final Repetition repetition = new Repetition();
  private final Reclaims reclaims = new Reclaims();

  private RelayWindow window = new RelayWindow(0);
  private PublishedEvents.@Nullable Reader reader;
  private @Nullable BrokerPublisher publisher;

  /** The event that the broker has no queue for. No other is sent before it is confirmed. */
  private @Nullable Slot unroutable;

  private volatile long position;
  private volatile LoopState state = LoopState.STANDBY;
  private volatile @Nullable String trouble;

  public RelayLoop(BrokerParts broker, LoopParts parts, RateMeter meter) {
    this.broker = broker;
    this.parts = parts;
    this.meter = meter;
    this.cursor = new RelayCursor(parts);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LoopState state() {
    return state;
  }

  @Override
  public RateMeter meter() {
    return meter;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public @Nullable String lastError() {
    String failure = probing.lastError();
    return failure == null ? trouble : failure;
  }

  /** Whether the broker answered when it was last asked. */
  boolean brokerAnswers() {
    return probing.brokerAnswers();
  }

  @Override
  public void wake() {
    signal.raise();
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

  @Override
  public void stop() {
    repetition.stop();
    wake();
  }

  @Override
  public void run() {
    repetition.run(() -> {
      if (!step()) {
        awaitWork();
      }
    });
    closePublisher();
    cursor.release(window);
    lose();
    state = LoopState.STOPPED;
  }

  /**
   * Takes the outcomes that are there, reads on, and sends what may be sent.
   *
   * @return whether there may be more to do at once
   */
  public boolean step() {
    try {
      if (!knowsItsPosition()) {
        lose();
      }
      if (!cursor.holds() && !claim()) {
        standBy();
        return false;
      }
      cursor.moveIfDue(window); // a process that was replaced sends nothing more
      BrokerPublisher open = publisher();
      boolean progress = takeOutcomes(open);
      progress |= read();
      Optional<String> blocked = open.blocked();
      if (blocked.isEmpty()) {
        requireConfirms();
        progress |= send(open);
      }
      position = window.floor();
      succeeded(blocked);
      return progress;
    } catch (Fenced e) {
      LOG.info("relay lost to another process");
      lose();
      standBy();
      return false;
    } catch (BrokerUnavailable e) {
      closePublisher();
      failed(e);
      return false;
    } catch (DependencyUnavailable e) {
      failed(e);
      return false;
    } catch (Throwable e) {
      LOG.error("relay failed, it backs off and tries again", e);
      closePublisher();
      failed(e);
      return false;
    }
  }

  private boolean claim() {
    int requested = reclaims.requested();
    Optional<Claim> taken = cursor.claim();
    taken.ifPresent(held -> {
      window = new RelayWindow(held.position());
      position = held.position();
      reader = broker.published().open(held.position(), signal);
    });
    reclaims.met(requested);
    return taken.isPresent();
  }

  /** Forgets the claim, and with it what is in flight. */
  private void lose() {
    PublishedEvents.Reader open = reader;
    if (open != null) {
      open.close();
    }
    reader = null;
    closePublisher(); // outcomes of what it has sent would be taken for those of the next window
    cursor.lose();
    unroutable = null;
  }

  private BrokerPublisher publisher() {
    BrokerPublisher open = publisher;
    if (open == null) {
      open = broker.broker().openPublisher(signal);
      publisher = open;
    }
    return open;
  }

  /** What stays in flight has to be sent again by the next publisher. */
  private void closePublisher() {
    BrokerPublisher open = publisher;
    publisher = null;
    if (open != null) {
      try (open) {
        takeOutcomes(open);
      } catch (RuntimeException e) {
        LOG.warn("the last outcomes are unknown, the relay sends again: {}", e.getMessage());
      }
    }
    window.sendAgain();
  }

  private boolean takeOutcomes(BrokerPublisher open) {
    int confirmed = 0;
    boolean any = false;
    for (Outcome outcome : open.outcomes()) {
      any = true;
      Slot slot = window.inFlight(outcome.number());
      switch (outcome) {
        case Outcome.Confirmed _ -> {
          window.confirmed(slot);
          confirmed++;
          if (slot == unroutable) {
            unroutable = null;
            LOG.info("event has a queue again, relay goes on: type={}", slot.message().type());
          }
        }
        case Outcome.Rejected _ -> {
          notTaken(slot);
          LOG.debug("event rejected, it is sent again: id={}", slot.message().event().id());
        }
        case Outcome.Unroutable returned -> {
          notTaken(slot);
          suspend(slot, returned.reason());
        }
      }
    }
    if (confirmed > 0) {
      meter.handled(confirmed, 0);
    }
    return any;
  }

  private void notTaken(Slot slot) {
    window.failed(
        slot,
        parts.nanoTime().getAsLong(),
        times -> Backoff.jittered(Backoff.after(times), parts.random()));
    meter.failed();
  }

  private void suspend(Slot slot, String reason) {
    if (unroutable == null) {
      unroutable = slot;
      LOG.warn(
          "event has no queue, relay waits until it has one: type={} id={} reason={}",
          slot.message().type(),
          slot.message().event().id(),
          reason);
    }
    trouble = reason;
  }

  /** Reads on, as far as there is room. */
  private boolean read() {
    PublishedEvents.Reader open = reader;
    int room = window.room();
    if (open == null || room <= 0) {
      return false;
    }
    long before = window.readUpTo();
    PublishedEvents.Part part = open.read(room);
    window.add(part.messages(), part.upTo());
    return part.upTo() > before;
  }

  private boolean send(BrokerPublisher open) {
    boolean any = false;
    Optional<Slot> next = next();
    while (next.isPresent()) {
      Slot slot = next.get();
      var event = slot.message().event();
      window.sent(slot, parts.nanoTime().getAsLong());
      open.send(
          slot.position(),
          new BrokerMessage(event, broker.log().id(), broker.codec().encode(event)));
      any = true;
      next = open.blocked().isPresent() ? Optional.empty() : next();
    }
    return any;
  }

  private Optional<Slot> next() {
    long now = parts.nanoTime().getAsLong();
    Slot first = unroutable;
    return first == null ? window.next(now) : window.take(first, now);
  }

  private void requireConfirms() {
    OptionalLong oldest = window.oldestSentAt();
    if (oldest.isPresent()
        && parts.nanoTime().getAsLong() - oldest.getAsLong() > CONFIRM_TIMEOUT.toNanos()) {
      throw new BrokerUnavailable(
          "the broker has not confirmed an event for %d s".formatted(CONFIRM_TIMEOUT.toSeconds()),
          new TimeoutException());
    }
  }

  private void succeeded(Optional<String> blocked) {
    probing.succeeded();
    if (blocked.isPresent()) {
      trouble = blocked.get();
      state = LoopState.BLOCKED;
    } else if (unroutable != null) {
      state = LoopState.PROBING;
    } else {
      trouble = window.hasDelayed() ? "the broker has rejected an event, it is sent again" : null;
      state = LoopState.RUNNING;
    }
  }

  /** What failed here does not matter while another process relays. */
  private void standBy() {
    probing.succeeded();
    trouble = null;
    state = LoopState.STANDBY;
  }

  private void failed(Throwable e) {
    probing.failed(e);
    state = LoopState.PROBING;
  }

  private void awaitWork() throws InterruptedException {
    if (probing.isProbing()) {
      repetition.pause(Backoff.jittered(probing.nextPause(), parts.random()));
    } else if (!cursor.holds()) {
      repetition.pause(STANDBY_WAIT);
    } else {
      signal.await(longestWait());
    }
  }

  private Duration longestWait() {
    Duration longest =
        window.confirmedUpToFloor() > 0 ? RelayCursor.MOVE_EVERY : Ownership.RENEW_EVERY;
    if (state == LoopState.BLOCKED) {
      return longest;
    }
    long now = parts.nanoTime().getAsLong();
    Slot only = unroutable;
    Duration due =
        (only == null ? window.untilDue(now) : window.untilDue(only, now)).orElse(longest);
    return due.compareTo(longest) < 0 ? due : longest;
  }
}
