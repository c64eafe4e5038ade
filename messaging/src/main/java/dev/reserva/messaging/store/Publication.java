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
 * The end of a transaction: local delivery of its events, their append, and who is told of them.
 */
final class Publication {

  /**
   * A local handler that waits longer for a row gives up local delivery: it may wait for a
   * transaction that waits for this one. Shorter than PostgreSQL's deadlock_timeout of 1 s, longer
   * than a group of orders takes on a slow disk.
   */
  private static final String LIMIT_WAITS = "set local lock_timeout = '200ms'";

  /** The log's head is waited for as long as anything else. */
  private static final String UNLIMIT_WAITS = "set local lock_timeout to default";

  private final PostgresUnitOfWork tx;
  private final LocalAttempt attempt;
  private final LogTail tail;
  private final RateMeter published;

  /** The position before its events, once they are appended. */
  private OptionalLong base = OptionalLong.empty();

  /** The indexes of its events in the order in which they are appended. */
  private int[] order = {};

  /** For each of its events in that order, the subscriptions that handled it locally. */
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
    tx.statements().write(LIMIT_WAITS);
    attempt.deliver(tx, tx);
    try {
      tx.gather();
      tx.statements().write(UNLIMIT_WAITS);
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
    tx.gather();
    order = EventBatch.order(tx.events());
    flags = attempt.flags(order);
    List<Event> events = Arrays.stream(order).mapToObj(tx.events()::get).toList();
    Optional<Appended> appended;
    try {
      appended =
          LogAppender.append(tx.statements(), events, flags, attempt.mark(), attempt.generation());
    } catch (RuntimeException e) {
      // Writes of local handlers travel with the append, and fail with it.
      throw attempt.hasEffects() ? attempt.failed(e) : e;
    }
    if (appended.isEmpty()) {
      attempt.outdated();
      throw new LocalAttempt.Refused("the log's head has another generation");
    }
    Appended head = appended.get();
    base = OptionalLong.of(head.base());
    tail.committing(head.base(), events.size());
    if (!attempt.appended(head, events, flags)) {
      throw new LocalAttempt.Refused("an earlier event of a key may not be handled yet");
    }
  }

  void notCommitted() {
    base.ifPresent(tail::notCommitted);
  }

  void committed() {
    if (base.isPresent()) {
      published.handled(order.length, 0);
      attempt.committed();
      tail.committed(base.getAsLong(), tx.entries(base.getAsLong(), order, flags));
    }
  }
}
