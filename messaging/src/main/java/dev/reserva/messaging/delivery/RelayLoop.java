package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.delivery.Cursors.Claim;
import dev.reserva.messaging.delivery.Cursors.Fenced;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.PublishedEvents;
import dev.reserva.messaging.transport.Signal;
import java.time.Duration;
import java.util.Optional;
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
 *   <li>A broker that has lost what it had is sent nothing until the relay is set back.
 *   <li>If somebody consumes an event but the broker has no queue for it, the relay sends nothing
 *       else until that event is delivered. Its state and its error tell operators.
 * </ul>
 *
 * <p>{@link #run()} repeats {@link #step()} until {@link #stop()}.
 */
public final class RelayLoop implements CursorLoop {

  /** The name of its cursor. */
  public static final String NAME = Backbone.RELAY;

  private static final Duration STANDBY_WAIT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(RelayLoop.class);

  private final PublishedEvents published;
  private final RateMeter meter;
  private final RelayCursor cursor;
  private final RelayLink link;
  private final Lifecycle life;
  private final Signal signal = new Signal();
  private final Reclaims reclaims = new Reclaims();

  private RelayWindow window = new RelayWindow(0);
  private PublishedEvents.@Nullable Reader reader;

  private volatile long position;
  private volatile @Nullable String trouble;

  public RelayLoop(BrokerParts broker, LoopParts parts, RateMeter meter) {
    this.published = broker.published();
    this.meter = meter;
    this.cursor = new RelayCursor(parts);
    this.link = new RelayLink(broker, parts, meter, signal);
    this.life = new Lifecycle(NAME, parts.random());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LoopState state() {
    return life.state();
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
    String failure = life.lastError();
    return failure == null ? trouble : failure;
  }

  /** Whether the broker answered when it was last asked. */
  boolean brokerAnswers() {
    return life.brokerAnswers();
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
    life.stop();
    wake();
  }

  @Override
  public void run() {
    life.run(() -> {
      if (!step()) {
        awaitWork();
      }
    });
    link.close(window);
    cursor.release(window);
    lose();
    life.is(LoopState.STOPPED);
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
      if (link.probes(window)) {
        cursor.move(window); // set back meanwhile, it must not send what it has read before
      }
      boolean progress = link.takeOutcomes(window);
      progress |= read();
      Optional<String> blocked = link.blocked();
      if (blocked.isEmpty()) {
        progress |= link.send(window);
      }
      position = window.floor();
      succeeded(blocked);
      return progress;
    } catch (Fenced e) {
      LOG.info("relay lost to another process");
      lose();
      standBy();
      return false;
    } catch (Throwable e) {
      if (e instanceof BrokerUnavailable || !(e instanceof DependencyUnavailable)) {
        link.close(window);
      }
      life.failed(e);
      return false;
    }
  }

  private boolean claim() {
    int requested = reclaims.requested();
    Optional<Claim> taken = cursor.claim();
    taken.ifPresent(held -> {
      link.begin(
          held.position() <= held.flag().from()); // the log's end when it began, or was set back
      window = new RelayWindow(held.position());
      position = held.position();
      reader = published.open(held.position(), signal);
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
    link.close(window); // outcomes of what it has sent would be taken for those of the next window
    cursor.lose();
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

  private void succeeded(Optional<String> blocked) {
    Optional<String> unroutable = link.unroutable();
    if (blocked.isPresent()) {
      trouble = blocked.get();
      life.succeeded(LoopState.BLOCKED);
    } else if (unroutable.isPresent()) {
      trouble = unroutable.get();
      life.succeeded(LoopState.PROBING);
    } else {
      trouble = window.hasDelayed() ? "the broker has rejected an event, it is sent again" : null;
      life.succeeded(LoopState.RUNNING);
    }
  }

  /** What failed here does not matter while another process relays. */
  private void standBy() {
    trouble = null;
    life.succeeded(LoopState.STANDBY);
  }

  private void awaitWork() throws InterruptedException {
    if (life.backsOff()) {
      return;
    }
    if (cursor.holds()) {
      signal.await(longestWait());
    } else {
      life.pause(STANDBY_WAIT);
    }
  }

  private Duration longestWait() {
    Duration longest =
        window.confirmedUpToFloor() > 0 ? RelayCursor.MOVE_EVERY : Ownership.RENEW_EVERY;
    if (life.state() == LoopState.BLOCKED) {
      return longest;
    }
    Duration due = link.untilDue(window).orElse(longest);
    return due.compareTo(longest) < 0 ? due : longest;
  }
}
