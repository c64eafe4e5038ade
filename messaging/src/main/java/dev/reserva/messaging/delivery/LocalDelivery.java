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
 * Lets the subscriptions of this process handle an event in the transaction that publishes it. One
 * per process and database; safe for use by many threads.
 *
 * <p>It is an optimisation: running an event the ordinary way, through the log and a cursor, is
 * always right. A transaction may commit with local effects only while all of this holds, judged
 * with the log's head locked ({@link LocalAttempt#appended}):
 *
 * <ul>
 *   <li>The generation in the head is the one under which this process is known to own the
 *       subscriptions. Claim, release, take-over and rewind raise it.
 *   <li>Every event before the transaction's own is known here. The head carries a mark of the last
 *       append, so an append of another process is noticed: until a subscription's cursor has
 *       passed it, that subscription runs the ordinary way.
 *   <li>No earlier event of the key waits for the subscription or is parked.
 *   <li>No other event of the key was appended while the local handler ran.
 * </ul>
 *
 * <p>Whatever is in doubt, the transaction rolls back and runs again without local delivery.
 */
public final class LocalDelivery {

  private static final long UNKNOWN = -1;

  private final LongSupplier nanoTime;
  private final Limits limits;

  /** By name, in the order in which they joined. Guarded by this, as is all of their state. */
  private final Map<String, LocalMember> members = new LinkedHashMap<>();

  /** Everything up to here is known: appended by this process, or before all members begin. */
  private long end = UNKNOWN;

  /** The head's mark after this process's last append; none when the end was heard of otherwise. */
  private OptionalLong mark = OptionalLong.empty();

  /** The highest generation that this process has seen. */
  private long generation = UNKNOWN;

  private final SplittableRandom marks = new SplittableRandom();
  private final LongAdder handled = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /**
   * What came of local delivery since the process started.
   *
   * @param handled events that took effect, counted once for each subscription
   * @param failed runs of a transaction in which a handler failed
   * @param refused runs of a transaction that could not commit with local effects
   */
  public record Counts(long handled, long failed, long refused) {}

  /**
   * Beyond a limit the rest of a transaction's events go the ordinary way.
   *
   * @param rounds how often handlers may answer each other within a transaction, at least 1
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
   * A subscription that this process has just claimed. It takes part once its cursor has passed
   * everything that is in the log now.
   *
   * @param wake lets its loop run soon
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
      before.disturb();
    }
    verifyOutdated();
    return member;
  }

  /**
   * Asks each member to verify its claim unless the claim is known to hold under the current
   * generation. Claims may be reported out of order, and another process may have claimed in
   * between. Without this, such a member would stay out of local delivery: an append under the
   * current generation succeeds, so nothing else asks for the verification.
   */
  private void verifyOutdated() {
    for (LocalMember member : members.values()) {
      if (!member.isOwnedUnder(generation)) {
        member.mustBeVerified();
      }
    }
  }

  synchronized void leave(LocalMember member) {
    member.disturb();
    members.remove(member.name(), member);
  }

  /** The generation under which a member's claim was found to hold. */
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

  /** The log is known to reach this position, whoever appended. */
  public synchronized void logReaches(long position) {
    if (position > end) {
      hole(position);
    }
  }

  /**
   * Begins to deliver the events of one run of a transaction. To be {@linkplain LocalAttempt#close
   * closed} after its commit or rollback.
   *
   * @param without names of subscriptions that are left to the ordinary way
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

  /** An attempt of a transaction that delivers nothing locally. */
  public synchronized LocalAttempt ordinary() {
    return new LocalAttempt(this, List.of(), UNKNOWN, limits, nanoTime, nextMark());
  }

  /**
   * Takes note of what this process appends, with the log's head locked: other transactions find
   * these events in the way of later ones of their keys.
   *
   * @param head what the append has found there
   * @return whether the attempt's effects are valid for events that follow there; if not, the
   *     transaction rolls back and nothing is noted
   */
  synchronized boolean appended(LocalAttempt by, Appended head, List<Event> events, int[] flags) {
    boolean known = end == head.base() && (mark.isEmpty() || mark.getAsLong() == head.markBefore());
    if (!known) {
      hole(head.base());
    }
    if (by.hasEffects() && !by.isUndisturbed()) {
      return false;
    }
    end = head.base() + events.size();
    mark = OptionalLong.of(by.mark());
    for (LocalMember member : members.values()) {
      for (int i = 0; i < events.size(); i++) {
        Event event = events.get(i);
        if (member.hears(event.type()) && (flags[i] & member.bit()) == 0) {
          member.waits(head.base() + 1 + i, event.key(), by);
        }
      }
    }
    return true;
  }

  /**
   * What an append has found in the log's head.
   *
   * @param base position before the first event
   * @param markBefore the mark of the append before
   */
  public record Appended(long base, long markBefore) {}

  /** The head had another generation: somebody claimed, released or rewound a subscription. */
  synchronized void outdated(long attempted) {
    if (attempted == generation) {
      for (LocalMember member : members.values()) {
        member.mustBeVerified();
      }
    }
  }

  /** Unlike any mark of this process or another, for all that chance can do in 64 bits. */
  private long nextMark() {
    return marks.nextLong();
  }

  /** Events up to here may be another process's, and of any key. */
  private void hole(long position) {
    end = position;
    mark = OptionalLong.empty();
    members.values().forEach(member -> member.beginBehind(position));
  }
}
