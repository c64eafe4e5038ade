package dev.reserva.messaging.store;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.Failpoint;
import dev.reserva.messaging.delivery.LocalAttempt;
import dev.reserva.messaging.delivery.LocalDelivery.Appended;
import dev.reserva.messaging.delivery.RateMeter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The end of a transaction: local delivery of its events, their append, and the report to readers.
 */
final class Publication {

  /**
   * Local delivery is given up when a handler waits longer for a row, because the two transactions
   * may wait for each other. Shorter than PostgreSQL's deadlock_timeout of 1 s, longer than a group
   * of orders takes on a slow disk.
   */
  private static final String LIMIT_LOCK_WAITS = "set local lock_timeout = '200ms'";

  /** The wait for the log's head has the usual time-out. */
  private static final String RESET_LOCK_WAITS = "set local lock_timeout to default";

  private final PostgresUnitOfWork tx;
  private final LocalAttempt attempt;
  private final LogTail tail;
  private final RateMeter published;

  /** Position before the first event, once the events are appended. */
  private OptionalLong base = OptionalLong.empty();

  /** Indexes of the events in the order in which they are appended. */
  private int[] order = {};

  /** Flags of the events in that order: who handled them locally, and whether they are imported. */
  private int[] flags = {};

  Publication(PostgresUnitOfWork tx, LocalAttempt attempt, LogTail tail, RateMeter published) {
    this.tx = tx;
    this.attempt = attempt;
    this.tail = tail;
    this.published = published;
  }

  void deliverLocally() {
    if (!attempt.concerns(tx.events())) {
      return;
    }
    tx.statements().write(LIMIT_LOCK_WAITS);
    attempt.deliver(tx, tx);
    try {
      tx.flushSessions();
      tx.statements().write(RESET_LOCK_WAITS);
    } catch (RuntimeException e) {
      throw attempt.failed(e);
    }
    Failpoint.AFTER_LOCAL_DELIVERY_BEFORE_APPEND.hit();
  }

  void append() {
    if (tx.events().isEmpty()) {
      tx.flush();
      return;
    }
    tx.flushSessions();
    order = EventBatch.order(tx.events());
    flags = attempt.flags(order);
    tx.markImported(order, flags);
    List<Event> events = Arrays.stream(order).mapToObj(tx.events()::get).toList();
    Optional<Appended> appended;
    try {
      appended =
          LogAppender.append(tx.statements(), events, flags, attempt.mark(), attempt.generation());
    } catch (RuntimeException e) {
      // The writes of local handlers are sent with the append, so they can make it fail.
      throw attempt.hasEffects() ? attempt.failed(e) : e;
    }
    if (appended.isEmpty()) {
      attempt.outdated();
      throw new LocalAttempt.Refused("the log's head has another generation");
    }
    Appended before = appended.get();
    base = OptionalLong.of(before.base());
    tail.committing(before.base(), events.size());
    if (!attempt.appended(before, events, flags)) {
      throw new LocalAttempt.Refused("an earlier event of a key may not be handled yet");
    }
  }

  void notCommitted() {
    base.ifPresent(tail::notCommitted);
  }

  void committed() {
    if (base.isPresent()) {
      published.handled(tx.publishedHere(), 0);
      attempt.committed();
      tail.committed(base.getAsLong(), tx.entries(base.getAsLong(), order, flags));
    }
  }
}
