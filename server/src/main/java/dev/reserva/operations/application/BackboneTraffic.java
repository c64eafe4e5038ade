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
 * The events that were not handled yet just before a snapshot was taken.
 *
 * <p>Events that every subscription had passed have taken effect in the snapshot. So a key without
 * a later event has no event in flight, unless one is parked. The keys with an open dead letter are
 * known. While other events are parked as well (they wait for a retry, for seconds), every key may
 * have an event in flight.
 */
final class BackboneTraffic implements Traffic {

  private static final int PAGE = 200;

  /** Most dead letters that are read. With more, every key may have an event in flight. */
  private static final int MAX_DEAD_LETTERS = 2_000;

  private final EventLog log;
  private final long passedByAll;
  private final boolean unknownKeysParked;
  private final Set<UUID> keysBehindDeadLetters = new HashSet<>();

  /** Reads the positions and dead letters. The snapshot must be taken afterwards. */
  BackboneTraffic(Backbone backbone, EventLog log, DeadLetters deadLetters) {
    this.log = log;
    // Dead letters are read before and after all parked events are counted: the smaller of the two
    // counts contains no event that waits for a retry.
    long before = readDeadLetters(deadLetters);
    List<SubscriptionStatus> subscriptions = backbone.subscriptions();
    long after = readDeadLetters(deadLetters);
    long parked = subscriptions.stream().mapToLong(SubscriptionStatus::parked).sum();
    this.unknownKeysParked = parked > Math.min(before, after);
    this.passedByAll = subscriptions.stream().mapToLong(SubscriptionStatus::cursor).min().orElse(0);
  }

  /**
   * @return how many events are dead letters or wait behind one
   */
  private long readDeadLetters(DeadLetters deadLetters) {
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
