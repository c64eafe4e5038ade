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
 * A subscription that may handle events locally, and what stands in the way of that: events that
 * wait for its cursor, keys with parked events, keys that another transaction is handling.
 *
 * <p>All state is guarded by its {@link LocalDelivery}.
 */
final class LocalMember {

  /** Most keys with parked events; beyond, the subscription runs the ordinary way. */
  static final int MAX_PARKED_KEYS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(LocalMember.class);

  private final LocalDelivery delivery;
  private final Subscription subscription;
  private final int bit;
  private final Breaker breaker;
  private final RateMeter meter;
  private final Runnable wake;

  private final WaitingEvents waiting = new WaitingEvents();

  /** Which attempt handles events of a key just now. */
  private final Map<UUID, LocalAttempt> underWay = new HashMap<>();

  /** Absent while they are unknown or too many. */
  private @Nullable Set<UUID> parkedKeys;

  /** Events up to here are not in {@link #waiting}: the cursor has to pass them first. */
  private long begin;

  private long position;
  private long ownedUnder;
  private boolean verify;
  private boolean left;

  LocalMember(
      LocalDelivery delivery,
      Subscription subscription,
      Claim claim,
      long begin,
      Breaker breaker,
      RateMeter meter,
      Runnable wake) {
    this.delivery = delivery;
    this.subscription = subscription;
    this.bit = subscription.pace().isZero() ? claim.flag().bit() : 0;
    this.position = claim.position();
    this.ownedUnder = claim.generation();
    this.begin = begin;
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

  boolean hears(String type) {
    return bit != 0 && subscription.types().contains(type);
  }

  // What its loop reports.

  /** The cursor has passed everything up to a position. */
  void advanced(long to) {
    synchronized (delivery) {
      position = Math.max(position, to);
      waiting.passed(position);
    }
  }

  /** An event of this key is parked; called before the cursor passes it. */
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
      disturb(key);
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

  // What attempts do; the caller holds the lock.

  boolean isReady(long generation) {
    return bit != 0 && isOwnedUnder(generation) && isSteady() && !breaker.isOpen();
  }

  /** Whether everything that may stand in the way of a key is known. */
  private boolean isSteady() {
    return !left && !verify && position >= begin && parkedKeys != null;
  }

  /** Reserves a key for an attempt, unless something stands in the way. */
  boolean reserve(UUID key, LocalAttempt attempt) {
    // Not as it was when the attempt began: meanwhile another process may have appended.
    Set<UUID> parked = parkedKeys;
    if (!isSteady() || waiting.has(key) || (parked != null && parked.contains(key))) {
      return false;
    }
    LocalAttempt other = underWay.putIfAbsent(key, attempt);
    return other == null || other == attempt;
  }

  void free(UUID key, LocalAttempt attempt) {
    underWay.remove(key, attempt);
  }

  /** An event is appended that it has not handled. */
  void waits(long at, UUID key, LocalAttempt by) {
    LocalAttempt other = underWay.get(key);
    if (other != null && other != by) {
      other.disturbed();
    }
    if (at <= position) {
      return;
    }
    if (waiting.isFull()) {
      beginBehind(at);
    } else {
      waiting.add(at, key);
    }
  }

  void beginBehind(long at) {
    begin = at;
    waiting.clear();
    disturb();
  }

  void disturb() {
    underWay.values().forEach(LocalAttempt::disturbed);
  }

  private void disturb(UUID key) {
    LocalAttempt attempt = underWay.get(key);
    if (attempt != null) {
      attempt.disturbed();
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

  void mustBeVerified() {
    verify = true;
    wake.run();
  }

  void failed(Throwable cause) {
    synchronized (delivery) {
      breaker.failed();
    }
    LOG.info(
        "local delivery failed, the event goes the ordinary way: subscription={} error={}",
        name(),
        cause.toString());
  }

  void handled(int events, long nanos) {
    synchronized (delivery) {
      breaker.succeeded();
    }
    meter.handled(events, nanos);
  }

  /** Splits what it handles in one transaction into batches that its handler takes. */
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
