package dev.reserva.messaging.delivery;

import dev.reserva.messaging.delivery.Cursors.Claim;
import dev.reserva.messaging.delivery.Cursors.Fenced;
import dev.reserva.messaging.delivery.Cursors.Progress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay's claim on its database's log, and its cursor. Each move is a transaction of its own
 * and renews the lease. Only the loop's thread uses it.
 */
final class RelayCursor {

  /** The cursor moves at the latest after this many confirmed events, or after this time. */
  static final int MOVE_AFTER_EVENTS = 500;

  static final Duration MOVE_EVERY = Duration.ofMillis(50);

  private static final Logger LOG = LoggerFactory.getLogger(RelayCursor.class);

  private final LoopParts parts;
  private @Nullable Claim claim;
  private long movedAt;

  RelayCursor(LoopParts parts) {
    this.parts = parts;
  }

  boolean holds() {
    return claim != null;
  }

  /** Claims the log; empty while another process relays it. */
  Optional<Claim> claim() {
    Optional<Claim> taken = parts.cursors().claim(RelayLoop.NAME, parts.owner(), Ownership.LEASE);
    taken.ifPresent(held -> {
      claim = held;
      movedAt = parts.nanoTime().getAsLong();
      LOG.info("relay runs: position={} epoch={}", held.position(), held.epoch());
    });
    return taken;
  }

  void lose() {
    claim = null;
  }

  /**
   * Moves the cursor to the window's floor if it is time.
   *
   * @throws Fenced when another process has taken over, or the relay was set back
   */
  void moveIfDue(RelayWindow window) {
    long since = parts.nanoTime().getAsLong() - movedAt;
    int confirmed = window.confirmedUpToFloor();
    if (confirmed >= MOVE_AFTER_EVENTS
        || (confirmed > 0 && since >= MOVE_EVERY.toNanos())
        || since >= Ownership.RENEW_EVERY.toNanos()) {
      move(window);
    }
  }

  /**
   * Moves the cursor to the window's floor.
   *
   * @throws Fenced when another process has taken over, or the relay was set back
   */
  void move(RelayWindow window) {
    Claim held = held();
    if (!parts.cursors().renew(held, progress(window), Ownership.LEASE)) {
      throw new Fenced(RelayLoop.NAME);
    }
    claim = held.at(window.floor());
    window.recorded();
    movedAt = parts.nanoTime().getAsLong();
  }

  /** Gives the log up at the window's floor, so that another process can relay it at once. */
  void release(RelayWindow window) {
    Claim held = claim;
    if (held != null) {
      try {
        parts.cursors().release(held, progress(window));
      } catch (RuntimeException e) {
        LOG.info("relay not released, its lease will expire: reason={}", e.getMessage());
      }
    }
    claim = null;
  }

  private static Progress progress(RelayWindow window) {
    int confirmed = window.confirmedUpToFloor();
    return new Progress(window.floor(), confirmed, confirmed);
  }

  private Claim held() {
    Claim held = claim;
    if (held == null) {
      throw new IllegalStateException("the log is not claimed");
    }
    return held;
  }
}
