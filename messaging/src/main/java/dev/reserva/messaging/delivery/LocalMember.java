package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.delivery.Cursors.Claim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription that may handle events locally, and the keys that it may not handle: those with
 * events that wait for its cursor, with parked events, or reserved by another transaction.
 *
 * <p>Its {@link LocalDelivery} guards all state.
 */
final class LocalMember {

  /** Most keys with parked events. With more, the subscription takes no part. */
  static final int MAX_PARKED_KEYS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(LocalMember.class);

  private final LocalDelivery delivery;
  private final Subscription subscription;
  private final int bit;
  private final Breaker breaker;
  private final RateMeter meter;
  private final Runnable wake;

  private final WaitingEvents waiting = new WaitingEvents();

  /** The attempt that has reserved a key. */
  private final Map<UUID, LocalAttempt> reservations = new HashMap<>();

  /** Null while they are unknown or too many. */
  private @Nullable Set<UUID> parkedKeys;

  /**
   * Events up to here are not in {@link #waiting}. The subscription takes no part until the cursor
   * has passed them.
   */
  private long unknownUpTo;

  private long position;
  private long ownedUnder;
  private boolean verify;
  private boolean left;

  LocalMember(
      LocalDelivery delivery,
      Subscription subscription,
      Claim claim,
      long unknownUpTo,
      Breaker breaker,
      RateMeter meter,
      Runnable wake) {
    this.delivery = delivery;
    this.subscription = subscription;
    this.bit = subscription.pace().isZero() ? claim.flag().bit() : 0;
    this.position = claim.position();
    this.ownedUnder = claim.generation();
    this.unknownUpTo = unknownUpTo;
    this.breaker = breaker;
    this.meter = meter;
    this.wake = wake;
    this.parkedKeys = claim.parked() ? null : Set.of();
  }

  String name() {
    return subscription.name();
  }

  Subscription subscription() {
    return subscription;
  }

  /** Its bit among an event's flags; 0 when it never handles events locally. */
  int bit() {
    return bit;
  }

  boolean handles(String type) {
    return bit != 0 && subscription.types().contains(type);
  }

  // Called by the subscription's loop.

  /** The cursor has passed everything up to a position. */
  void advanced(long to) {
    synchronized (delivery) {
      position = Math.max(position, to);
      waiting.passed(position);
    }
  }

  /** An event of this key is parked. Called before the cursor passes it. */
  void parked(UUID key) {
    synchronized (delivery) {
      Set<UUID> known = parkedKeys;
      if (known == null || known.size() == MAX_PARKED_KEYS) {
        parkedKeys = null;
      } else {
        Set<UUID> more = new HashSet<>(known);
        more.add(key);
        parkedKeys = more;
      }
      invalidateAttempt(key);
    }
  }

  /**
   * All keys with parked events.
   *
   * @param keys empty when there are too many
   */
  void parkedKeys(Optional<Set<UUID>> keys) {
    synchronized (delivery) {
      parkedKeys = keys.orElse(null);
    }
  }

  /** Whether its claim has to be checked against the head's generation. */
  boolean needsVerification() {
    synchronized (delivery) {
      return verify;
    }
  }

  void verified(long generation) {
    delivery.verified(this, generation);
  }

  void leave() {
    synchronized (delivery) {
      left = true;
      delivery.leave(this);
    }
  }

  // Called by attempts, with the lock held.

  boolean isReady(long generation) {
    return bit != 0 && isOwnedUnder(generation) && knowsItsKeys() && !breaker.isOpen();
  }

  /** Whether all keys that it may not handle are known. */
  private boolean knowsItsKeys() {
    return !left && !verify && position >= unknownUpTo && parkedKeys != null;
  }

  /** Reserves a key for an attempt. Returns false when the subscription may not handle it now. */
  boolean reserve(UUID key, LocalAttempt attempt) {
    // Checked again here: another process may have appended since the attempt began.
    Set<UUID> parked = parkedKeys;
    if (!knowsItsKeys() || waiting.has(key) || (parked != null && parked.contains(key))) {
      return false;
    }
    LocalAttempt other = reservations.putIfAbsent(key, attempt);
    return other == null || other == attempt;
  }

  void release(UUID key, LocalAttempt attempt) {
    reservations.remove(key, attempt);
  }

  /** An event is appended that this subscription has not handled. */
  void addWaiting(long at, UUID key, LocalAttempt by) {
    LocalAttempt other = reservations.get(key);
    if (other != null && other != by) {
      other.invalidate();
    }
    if (at <= position) {
      return;
    }
    if (waiting.isFull()) {
      forgetUpTo(at);
    } else {
      waiting.add(at, key);
    }
  }

  /** Events of any key may wait up to a position. */
  void forgetUpTo(long position) {
    unknownUpTo = position;
    waiting.clear();
    invalidateAttempts();
  }

  void invalidateAttempts() {
    reservations.values().forEach(LocalAttempt::invalidate);
  }

  private void invalidateAttempt(UUID key) {
    LocalAttempt attempt = reservations.get(key);
    if (attempt != null) {
      attempt.invalidate();
    }
  }

  boolean isOwnedUnder(long generation) {
    return ownedUnder == generation;
  }

  void stillOwned(long before, long now) {
    if (ownedUnder == before) {
      ownedUnder = now;
    }
  }

  void stillOwned(long under) {
    ownedUnder = under;
    verify = false;
  }

  void requestVerification() {
    verify = true;
    wake.run();
  }

  void failed(Throwable cause) {
    synchronized (delivery) {
      breaker.failed();
    }
    LOG.info(
        "local delivery failed, the events are delivered through the log: subscription={} error={}",
        name(),
        cause.toString());
  }

  void handled(int events, long nanos) {
    synchronized (delivery) {
      breaker.succeeded();
    }
    meter.handled(events, nanos);
  }

  /** Splits the events of one transaction into batches of the handler's size. */
  <T> List<List<T>> batches(List<T> all) {
    int most = subscription.maxBatch();
    if (all.size() <= most) {
      return List.of(all);
    }
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += most) {
      batches.add(all.subList(from, Math.min(from + most, all.size())));
    }
    return batches;
  }
}
