package dev.reserva.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The event types that a service subscribes to, and their handler.
 *
 * <p>Events of one partition key arrive in order, and each takes effect exactly once: the handler's
 * changes, what it publishes and the progress of the subscription commit together. When the handler
 * throws, the batch rolls back and runs in halves; an event that fails alone is parked with all
 * later events of its key, retried after 1, 2 and 4 seconds, and then is a dead letter.
 *
 * <p>If publisher and subscription run in one process on one database, the handler may run in the
 * transaction that publishes the event. The only difference to the handler is that the event has no
 * {@linkplain Message#position position} yet. A subscription with a pace never runs like that.
 *
 * @param name lower case, unique in a system, such as {@code inventory}; it names the cursor, so
 *     renaming loses progress
 * @param types the event types, at least one
 * @param handler see {@link Handler}
 * @param maxBatch most events in one call of the handler, 1..10,000
 * @param retries what happens after a failure
 * @param pace minimum time between the starts of two batches, 0..1 minute; for read models that may
 *     lag a little, because a large batch costs less per event
 */
public record Subscription(
    String name,
    Set<String> types,
    Handler handler,
    int maxBatch,
    RetryPolicy retries,
    Duration pace) {

  /**
   * 500 events: large enough that the commit's cost is shared, small enough that bisecting a failed
   * batch ends soon.
   */
  public static final int DEFAULT_MAX_BATCH = 500;

  public Subscription {
    if (!name.matches("[a-z][a-z0-9_.-]{0,62}")) {
      throw new IllegalArgumentException(
          "name must match [a-z][a-z0-9_.-]{0,62}, was \"%s\"".formatted(name));
    }
    types = Set.copyOf(types);
    if (types.isEmpty()) {
      throw new IllegalArgumentException("subscription %s has no event type".formatted(name));
    }
    if (pace.isNegative() || pace.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("pace must be 0..1min, was " + pace);
    }
    if (maxBatch < 1 || maxBatch > 10_000) {
      throw new IllegalArgumentException("maxBatch must be 1..10000, was " + maxBatch);
    }
  }

  /** A subscription without a pace: it handles events at once. */
  public Subscription(
      String name, Set<String> types, Handler handler, int maxBatch, RetryPolicy retries) {
    this(name, types, handler, maxBatch, retries, Duration.ZERO);
  }

  /** The same subscription with this pace. */
  public Subscription atPace(Duration pace) {
    return new Subscription(name, types, handler, maxBatch, retries, pace);
  }

  /** A subscription with the default batch size and retries. */
  public static Subscription of(String name, Set<String> types, Handler handler) {
    return new Subscription(name, types, handler, DEFAULT_MAX_BATCH, RetryPolicy.DEFAULT);
  }

  /** Handles events set-wise. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Handles a batch in the given transaction.
     *
     * <p>Work set-wise: load what the batch touches in one query (locks in key order), decide in
     * order, write back in a few statements. No network call in here. After a failure, only the
     * events that fail again when they run alone are parked.
     *
     * @param batch 1..maxBatch messages in order of position; several may have one key
     * @throws Unprocessable when a retry is pointless; the event becomes a dead letter at once
     * @throws DependencyUnavailable when something that every event needs is down
     */
    void handle(List<Message> batch, UnitOfWork tx);
  }
}
