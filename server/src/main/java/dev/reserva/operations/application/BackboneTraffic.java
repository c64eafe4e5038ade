package dev.reserva.operations.application;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.SubscriptionStatus;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.EventLog;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was under way in the backbone just before a snapshot was taken.
 *
 * <p>What every subscription had passed by then has had its effect in the snapshot, so a key with
 * no event beyond that position is quiet, unless one of its events is parked. Keys that stand
 * behind an open dead letter are known by name; as long as others are parked too (they wait for a
 * retry, a matter of seconds), no key is called quiet.
 */
final class BackboneTraffic implements Traffic {

  private static final int PAGE = 200;

  /** Beyond that the shop has other worries: then nothing parked counts as known. */
  private static final int MAX_DEAD_LETTERS = 2_000;

  private final EventLog log;
  private final long passedByAll;
  private final boolean unknownKeysParked;
  private final Set<UUID> keysBehindDeadLetters = new HashSet<>();

  /** Notes it; the snapshot must be taken afterwards. */
  BackboneTraffic(Backbone backbone, EventLog log, DeadLetters deadLetters) {
    this.log = log;
    // The dead letters are looked at before and after the count of all that is parked: the smaller
    // number cannot hide one that waits for a retry.
    long before = noteDeadLetters(deadLetters);
    List<SubscriptionStatus> subscriptions = backbone.subscriptions();
    long after = noteDeadLetters(deadLetters);
    long parked = subscriptions.stream().mapToLong(SubscriptionStatus::parked).sum();
    this.unknownKeysParked = parked > Math.min(before, after);
    this.passedByAll = subscriptions.stream().mapToLong(SubscriptionStatus::cursor).min().orElse(0);
  }

  /**
   * @return how many events are dead letters or wait behind one
   */
  private long noteDeadLetters(DeadLetters deadLetters) {
    long parked = 0;
    int seen = 0;
    @Nullable UUID last = null;
    List<DeadLetter> page;
    do {
      page = deadLetters.list(last, PAGE);
      for (DeadLetter letter : page) {
        keysBehindDeadLetters.add(letter.event().key());
        parked += 1 + letter.blocked();
        last = letter.id();
      }
      seen += page.size();
    } while (page.size() == PAGE && seen < MAX_DEAD_LETTERS);
    return parked;
  }

  @Override
  public boolean mayConcern(UUID key) {
    return unknownKeysParked
        || keysBehindDeadLetters.contains(key)
        || !log.ofKey(key, passedByAll, 1).isEmpty();
  }
}
