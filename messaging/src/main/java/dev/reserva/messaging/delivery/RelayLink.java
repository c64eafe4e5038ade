package dev.reserva.messaging.delivery;

import dev.reserva.messaging.delivery.RelayWindow.Slot;
import dev.reserva.messaging.transport.BrokerMessage;
import dev.reserva.messaging.transport.BrokerPublisher;
import dev.reserva.messaging.transport.BrokerPublisher.Outcome;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay's connection to the broker: sends what the {@link RelayWindow} has, and takes the
 * outcomes. Only the loop's thread uses it.
 *
 * <p>All methods that use the connection throw {@link BrokerUnavailable} when it is lost.
 */
final class RelayLink {

  /** A broker that has not confirmed an event for as long has lost it, or the connection hangs. */
  private static final Duration CONFIRM_TIMEOUT = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(RelayLink.class);

  private final BrokerParts broker;
  private final LoopParts parts;
  private final RateMeter meter;
  private final Signal signal;
  private @Nullable BrokerPublisher publisher;

  /** The event that the broker has no queue for. No other is sent before it is confirmed. */
  private @Nullable Slot unroutable;

  private String reason = "";

  /** When the broker was last seen to take no messages. It confirms none meanwhile. */
  private OptionalLong blockedAt = OptionalLong.empty();

  /** Whether a broker that does not remember the log is a new one. */
  private boolean begins;

  /**
   * @param signal raised when there is an outcome, the connection is lost, blocked or unblocked
   */
  RelayLink(BrokerParts broker, LoopParts parts, RateMeter meter, Signal signal) {
    this.broker = broker;
    this.parts = parts;
    this.meter = meter;
    this.signal = signal;
  }

  private BrokerPublisher open() {
    BrokerPublisher open = publisher;
    if (open == null) {
      open = broker.broker().openPublisher(signal);
      publisher = open;
      recognise(open);
    }
    return open;
  }

  /**
   * Sends nothing to a broker that has lost what it had: consumers would get events before earlier
   * ones of their key, and nobody would notice that those are missing.
   */
  private void recognise(BrokerPublisher open) {
    UUID log = broker.log().id();
    if (!open.remembers(log)) {
      if (!begins) {
        throw new BrokerUnavailable(
            "the broker has lost what it had, or is another one; set the relay back to before the"
                + " first event that a consumer lacks",
            new IllegalStateException("log %s is not remembered".formatted(log)));
      }
      open.remember(log);
    }
    begins = false;
  }

  /** Closes the connection. What stays in flight has to be sent again by the next one. */
  void close(RelayWindow window) {
    BrokerPublisher open = publisher;
    publisher = null;
    if (open != null) {
      try (open) {
        take(open, window);
      } catch (RuntimeException e) {
        LOG.warn("the last outcomes are unknown, the relay sends again: {}", e.getMessage());
      }
    }
    window.sendAgain();
  }

  /**
   * Begins with a new window.
   *
   * @param first whether the relay may be sending to this broker for the first time
   */
  void begin(boolean first) {
    unroutable = null;
    begins = first;
  }

  /** Why the broker takes no messages for now; empty when it takes them. */
  Optional<String> blocked() {
    Optional<String> why = open().blocked();
    if (why.isPresent()) {
      blockedAt = OptionalLong.of(parts.nanoTime().getAsLong());
    }
    return why;
  }

  /** Why nothing else is sent until an event has a queue; empty when all have one. */
  Optional<String> unroutable() {
    return unroutable == null ? Optional.empty() : Optional.of(reason);
  }

  /**
   * Takes the outcomes that are there.
   *
   * @return whether there was any
   */
  boolean takeOutcomes(RelayWindow window) {
    return take(open(), window);
  }

  private boolean take(BrokerPublisher open, RelayWindow window) {
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
          notTaken(slot, window);
          LOG.debug("event rejected, it is sent again: id={}", slot.message().event().id());
        }
        case Outcome.Unroutable returned -> {
          notTaken(slot, window);
          suspend(slot, returned.reason());
        }
      }
    }
    if (confirmed > 0) {
      meter.handled(confirmed, 0);
    }
    return any;
  }

  private void notTaken(Slot slot, RelayWindow window) {
    window.failed(
        slot,
        parts.nanoTime().getAsLong(),
        times -> Backoff.jittered(Backoff.after(times), parts.random()));
    meter.failed();
  }

  private void suspend(Slot slot, String why) {
    if (unroutable == null) {
      unroutable = slot;
      LOG.warn(
          "event has no queue, relay waits until it has one: type={} id={} reason={}",
          slot.message().type(),
          slot.message().event().id(),
          why);
    }
    reason = why;
  }

  /**
   * Sends what may be sent.
   *
   * @return whether there was any
   * @throws BrokerUnavailable also when an event was not confirmed for {@link #CONFIRM_TIMEOUT}
   */
  boolean send(RelayWindow window) {
    requireConfirms(window);
    BrokerPublisher open = open();
    boolean any = false;
    Optional<Slot> next = next(window);
    while (next.isPresent()) {
      Slot slot = next.get();
      var event = slot.message().event();
      window.sent(slot, parts.nanoTime().getAsLong());
      open.send(
          slot.position(),
          new BrokerMessage(event, broker.log().id(), broker.codec().encode(event)));
      any = true;
      next = open.blocked().isPresent() ? Optional.empty() : next(window);
    }
    return any;
  }

  private void requireConfirms(RelayWindow window) {
    OptionalLong oldest = window.oldestSentAt();
    if (oldest.isPresent()
        && isOverdue(oldest.getAsLong())
        && (blockedAt.isEmpty() || isOverdue(blockedAt.getAsLong()))) {
      throw new BrokerUnavailable(
          "the broker has not confirmed an event for %d s".formatted(CONFIRM_TIMEOUT.toSeconds()),
          new TimeoutException());
    }
  }

  private boolean isOverdue(long since) {
    return parts.nanoTime().getAsLong() - since > CONFIRM_TIMEOUT.toNanos();
  }

  private Optional<Slot> next(RelayWindow window) {
    long now = parts.nanoTime().getAsLong();
    Slot first = unroutable;
    return first == null ? window.next(now) : window.take(first, now);
  }

  /** Whether it is time to find out if the event that has no queue has one now. */
  boolean probes(RelayWindow window) {
    return unroutable != null && untilDue(window).filter(pause -> !pause.isPositive()).isPresent();
  }

  /** How long until the next event that waits after a failure is sent; empty when none waits. */
  Optional<Duration> untilDue(RelayWindow window) {
    long now = parts.nanoTime().getAsLong();
    Slot only = unroutable;
    return only == null ? window.untilDue(now) : window.untilDue(only, now);
  }
}
