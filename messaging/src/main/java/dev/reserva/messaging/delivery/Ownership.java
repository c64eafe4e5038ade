package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Cursors.Claim;
import dev.reserva.messaging.delivery.Cursors.Fenced;
import dev.reserva.messaging.delivery.Cursors.Progress;
import dev.reserva.messaging.transport.Passed;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim on a subscription and its cursor.
 *
 * <p>While there is nothing to handle, the cursor moves ahead of the recorded position; the next
 * batch or renewal records it. Only the loop's thread uses this, except for {@link #position}.
 */
final class Ownership {

  /** How long a process that has died or hangs keeps a subscription. */
  static final Duration LEASE = Duration.ofSeconds(10);

  /** Interval between renewals. Two in a row may fail before the lease expires. */
  static final Duration RENEW_EVERY = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

  private final Subscription subscription;
  private final LoopParts parts;
  private final RateMeter meter;
  private final Runnable wake;

  private @Nullable Claim claim;
  private @Nullable LocalMember member;

  /** Events handled locally between the recorded position and the cursor. */
  private Passed passed = Passed.NONE;

  private long renewAt;
  private volatile long position;

  Ownership(Subscription subscription, LoopParts parts, RateMeter meter, Runnable wake) {
    this.subscription = subscription;
    this.parts = parts;
    this.meter = meter;
    this.wake = wake;
  }

  boolean holds() {
    return claim != null;
  }

  /** The cursor, recorded or not. */
  long position() {
    return position;
  }

  /** Claims the subscription; empty while another process has it. */
  Optional<Claim> claim() {
    Optional<Claim> taken = parts.cursors().claim(name(), parts.owner(), LEASE);
    taken.ifPresent(held -> {
      claim = held;
      passed = Passed.NONE;
      position = held.position();
      member = parts.local().join(subscription, held, meter, wake);
      renewed();
      LOG.info(
          "subscription runs: subscription={} position={} epoch={}",
          name(),
          held.position(),
          held.epoch());
    });
    return taken;
  }

  /** Forgets the claim: another process has it, or may claim the subscription. */
  void lose() {
    LocalMember left = member;
    if (left != null) {
      left.leave();
    }
    member = null;
    claim = null;
  }

  /** Releases the claim, so that another process need not wait until the lease expires. */
  void release() {
    Claim held = claim;
    if (held != null) {
      try {
        parts.cursors().release(held, passing(position));
      } catch (RuntimeException e) {
        LOG.info("subscription not released, its lease will expire: subscription={}", name());
      }
    }
    lose();
  }

  /** Renews the lease if it is time, and records the cursor. */
  void renewIfDue() {
    if (parts.nanoTime().getAsLong() - renewAt > 0) {
      Claim held = held();
      if (!parts.cursors().renew(held, passing(position), LEASE)) {
        throw new Fenced(name());
      }
      recorded(held.at(position));
    }
  }

  /** Verifies the claim if the generation of the log's head has changed. */
  void verifyIfAsked() {
    LocalMember joined = member;
    if (joined != null && joined.needsVerification()) {
      OptionalLong generation = parts.cursors().generation(held());
      if (generation.isEmpty()) {
        throw new Fenced(name());
      }
      joined.verified(generation.getAsLong());
    }
  }

  /**
   * Moves the cursor past events that need no handling.
   *
   * @return whether it has moved
   */
  boolean pass(long upTo, Passed handledLocally) {
    include(handledLocally);
    if (upTo <= position) {
      return false;
    }
    position = upTo;
    updateMember();
    return true;
  }

  /** Adds the events of a delivery that were handled locally. */
  void include(Passed handledLocally) {
    passed = passed.and(handledLocally.after(position)); // a transport may deliver some again
  }

  /** Forgets events after the cursor: they are delivered again. */
  void forgetUnacknowledged() {
    passed = passed.until(position);
  }

  /**
   * Moves the cursor in the transaction of the effect.
   *
   * @return pass it to {@link #advanced} after the commit
   */
  Progress advance(UnitOfWork tx, long upTo, int delivered, int handled) {
    Claim held = held();
    long to = Math.max(held.position(), upTo);
    int local = passed.upTo(to);
    Progress progress = new Progress(to, delivered + local, handled + local);
    parts.cursors().advance(tx, held, progress, LEASE);
    return progress;
  }

  /** Renews the lease in the transaction of a retry, which it fences. The cursor stays. */
  Progress renew(UnitOfWork tx, int handled) {
    Claim held = held();
    Progress progress = new Progress(held.position(), 0, handled);
    parts.cursors().advance(tx, held, progress, LEASE);
    return progress;
  }

  /** The transaction of {@link #advance} or {@link #renew} has committed. */
  void advanced(Progress progress) {
    Claim held = held();
    if (progress.position() > held.position()) {
      recorded(held.at(progress.position()));
      position = Math.max(position, progress.position());
      updateMember();
    } else {
      renewed();
    }
  }

  /** An event of this key was parked. */
  void parked(UUID key) {
    LocalMember joined = member;
    if (joined != null) {
      joined.parked(key);
    }
  }

  /** Looks up which keys have parked events, because some were unparked. */
  void refreshParkedKeys() {
    LocalMember joined = member;
    if (joined != null && joined.bit() != 0) {
      joined.parkedKeys(parts.parking().parkedKeys(name(), LocalMember.MAX_PARKED_KEYS));
    }
  }

  private Progress passing(long to) {
    int local = passed.upTo(to);
    return new Progress(to, local, local);
  }

  private void recorded(Claim moved) {
    claim = moved;
    passed = passed.after(moved.position());
    renewed();
  }

  private void renewed() {
    renewAt = parts.nanoTime().getAsLong() + RENEW_EVERY.toNanos();
  }

  private void updateMember() {
    LocalMember joined = member;
    if (joined != null) {
      joined.advanced(position);
    }
  }

  private Claim held() {
    Claim held = claim;
    if (held == null) {
      throw new IllegalStateException("subscription %s is not claimed".formatted(name()));
    }
    return held;
  }

  private String name() {
    return subscription.name();
  }
}
