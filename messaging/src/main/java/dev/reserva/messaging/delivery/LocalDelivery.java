package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.delivery.Cursors.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Lets the subscriptions of this process handle an event in the transaction that publishes it.
 * There is one per process and database; many threads may use it.
 *
 * <p>It is an optimisation. The ordinary way, through the log and a cursor, is always correct. A
 * transaction may commit with local effects only if all of the following holds, checked with the
 * log's head locked ({@link LocalAttempt#appended}):
 *
 * <ul>
 *   <li>The generation in the head is the one under which this process is known to own the
 *       subscriptions. Claim, release, take-over and rewind raise it.
 *   <li>Every event before the transaction's own is known here. The log's end carries the mark of
 *       the last append, so an append of another process is noticed: until a subscription's cursor
 *       has passed it, that subscription takes no part.
 *   <li>No earlier event of the key waits for the subscription or is parked.
 *   <li>No other event of the key was appended while the local handler ran.
 * </ul>
 *
 * <p>If any of it is in doubt, the transaction rolls back and runs again without local delivery.
 */
public final class LocalDelivery {

  private static final long UNKNOWN = -1;

  private final LongSupplier nanoTime;
  private final Limits limits;

  /** By name, in the order in which they joined. Guarded by this, as all of their state is. */
  private final Map<String, LocalMember> members = new LinkedHashMap<>();

  /** The log's end as known here. Members do not know which events other processes appended. */
  private long end = UNKNOWN;

  /** The mark of this process's append at {@link #end}; empty if another process appended there. */
  private OptionalLong mark = OptionalLong.empty();

  /** The highest generation that this process has seen. */
  private long generation = UNKNOWN;

  private final SplittableRandom marks = new SplittableRandom();
  private final LongAdder handled = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /**
   * Counters of local delivery since the process started.
   *
   * @param handled events that took effect, counted once for each subscription
   * @param failed runs of a transaction in which a handler failed
   * @param refused runs of a transaction that could not commit with local effects
   */
  public record Counts(long handled, long failed, long refused) {}

  /**
   * Beyond a limit, the rest of a transaction's events go the ordinary way.
   *
   * @param rounds how often handlers may react to each other within a transaction, at least 1
   * @param events handled locally in one transaction, at least 1
   */
  public record Limits(int rounds, int events) {

    /** An order takes six rounds, a group of 500 orders some 4,000 events. */
    public static final Limits DEFAULT = new Limits(16, 20_000);

    public Limits {
      if (rounds < 1 || events < 1) {
        throw new IllegalArgumentException(
            "rounds and events must be at least 1, were %d and %d".formatted(rounds, events));
      }
    }
  }

  /**
   * @param nanoTime a clock that only moves forward
   */
  public LocalDelivery(LongSupplier nanoTime) {
    this(nanoTime, Limits.DEFAULT);
  }

  public LocalDelivery(LongSupplier nanoTime, Limits limits) {
    this.nanoTime = nanoTime;
    this.limits = limits;
  }

  /**
   * Adds a subscription that this process has just claimed. It takes part once its cursor has
   * passed everything that is in the log now.
   *
   * @param wake wakes its loop
   */
  synchronized LocalMember join(
      Subscription subscription, Claim claim, RateMeter meter, Runnable wake) {
    boolean raisedByThisClaimAlone = claim.generation() == generation + 1;
    if (raisedByThisClaimAlone) {
      members.values().forEach(member -> member.stillOwned(generation, claim.generation()));
    }
    generation = Math.max(generation, claim.generation());
    logReaches(claim.logEnd());
    LocalMember member =
        new LocalMember(this, subscription, claim, end, new Breaker(nanoTime), meter, wake);
    LocalMember before = members.put(subscription.name(), member);
    if (before != null) {
      before.invalidateAttempts();
    }
    verifyOutdated();
    return member;
  }

  /**
   * Asks each member to verify its claim unless the claim is known to hold under the current
   * generation. Claims may be reported out of order, and another process may have claimed in
   * between. Nothing else would ask: an append under the current generation succeeds without such a
   * member, which would then stay out of local delivery.
   */
  private void verifyOutdated() {
    for (LocalMember member : members.values()) {
      if (!member.isOwnedUnder(generation)) {
        member.requestVerification();
      }
    }
  }

  synchronized void leave(LocalMember member) {
    member.invalidateAttempts();
    members.remove(member.name(), member);
  }

  /** A member's claim was found to hold under this generation. */
  synchronized void verified(LocalMember member, long under) {
    generation = Math.max(generation, under);
    member.stillOwned(under);
    verifyOutdated();
  }

  public Counts counts() {
    return new Counts(handled.sum(), failed.sum(), refused.sum());
  }

  void countHandled(int events) {
    handled.add(events);
  }

  void countFailed() {
    failed.increment();
  }

  void countRefused() {
    refused.increment();
  }

  /** The log has reached this position, by an append of this process or another. */
  public synchronized void logReaches(long position) {
    if (position > end) {
      unknownUpTo(position);
    }
  }

  /**
   * Begins local delivery for one run of a transaction. {@linkplain LocalAttempt#close Close} it
   * after the commit or rollback.
   *
   * @param without names of subscriptions that take no part
   */
  public synchronized LocalAttempt attempt(Set<String> without) {
    List<LocalMember> ready = new ArrayList<>(members.size());
    for (LocalMember member : members.values()) {
      if (member.isReady(generation) && !without.contains(member.name())) {
        ready.add(member);
      }
    }
    return new LocalAttempt(this, ready, generation, limits, nanoTime, nextMark());
  }

  /** Begins a run of a transaction in which no subscription takes part. */
  public synchronized LocalAttempt attemptOfNone() {
    return new LocalAttempt(this, List.of(), UNKNOWN, limits, nanoTime, nextMark());
  }

  /**
   * Records what this process appends, with the log's head locked. From then on, events that a
   * subscription has not handled keep later events of their keys from local delivery to it.
   *
   * @param before the log's end before the append
   * @return whether the attempt's effects are valid for events that follow this end; if not,
   *     nothing is recorded and the transaction rolls back
   */
  synchronized boolean appended(LocalAttempt by, Appended before, List<Event> events, int[] flags) {
    boolean known =
        end == before.base() && (mark.isEmpty() || mark.getAsLong() == before.markBefore());
    if (!known) {
      unknownUpTo(before.base());
    }
    if (by.hasEffects() && !by.isValid()) {
      return false;
    }
    end = before.base() + events.size();
    mark = OptionalLong.of(by.mark());
    for (LocalMember member : members.values()) {
      for (int i = 0; i < events.size(); i++) {
        Event event = events.get(i);
        if (member.handles(event.type()) && (flags[i] & member.bit()) == 0) {
          member.addWaiting(before.base() + 1 + i, event.key(), by);
        }
      }
    }
    return true;
  }

  /**
   * The log's end as an append found it.
   *
   * @param base position before the first event
   * @param markBefore the mark of the previous append
   */
  public record Appended(long base, long markBefore) {}

  /** The log's head has another generation: a subscription was claimed, released or rewound. */
  synchronized void outdated(long attempted) {
    if (attempted == generation) {
      for (LocalMember member : members.values()) {
        member.requestVerification();
      }
    }
  }

  /** A random number, so that no two appends have the same mark, whichever process makes them. */
  private long nextMark() {
    return marks.nextLong();
  }

  /** Another process may have appended events of any key up to here. */
  private void unknownUpTo(long position) {
    end = position;
    mark = OptionalLong.empty();
    members.values().forEach(member -> member.forgetUpTo(position));
  }
}
