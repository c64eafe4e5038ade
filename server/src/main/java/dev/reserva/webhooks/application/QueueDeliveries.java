package dev.reserva.webhooks.application;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.Delivery;
import dev.reserva.webhooks.domain.DeliveryKind;
import dev.reserva.webhooks.domain.DeliveryStatus;
import dev.reserva.webhooks.domain.Endpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads the log behind everybody else, and queues a delivery for each endpoint that gets an event.
 *
 * <ul>
 *   <li>The deliveries and the position commit together, so an event is queued once.
 *   <li>Several processes may run it: one that was overtaken queues nothing.
 *   <li>Without endpoints no event is read; only the position follows the log.
 * </ul>
 */
public final class QueueDeliveries {

  /** Bounds the transaction: with 100 endpoints, 20,000 rows at most. */
  private static final int BATCH = 200;

  private final Transactions transactions;
  private final EventLog log;
  private final Endpoints endpoints;
  private final Deliveries deliveries;
  private final Ids ids;
  private final Function<Event, String> bodies;
  private final Runnable queued;

  /**
   * @param bodies writes an event as it is posted
   * @param queued called after a commit that has queued something
   */
  public QueueDeliveries(
      Transactions transactions,
      EventLog log,
      Endpoints endpoints,
      Deliveries deliveries,
      Ids ids,
      Function<Event, String> bodies,
      Runnable queued) {
    this.transactions = transactions;
    this.log = log;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.ids = ids;
    this.bodies = bodies;
    this.queued = queued;
  }

  /**
   * @return whether there may be more at once
   */
  public boolean run() {
    long end = log.end();
    long position = transactions.call(tx -> startingAt(end, tx));
    if (position >= end) {
      return false;
    }
    EventLog.Found found = log.search(EventLog.Filter.ANY, position, BATCH);
    long read =
        found.next() != null
            ? found.next()
            : found.entries().isEmpty()
                ? Math.max(position, end)
                : found.entries().getLast().position();
    transactions.run(tx -> queue(position, read, found.entries(), tx));
    return read > position;
  }

  /** Where to read from; without endpoints the log's end, which is taken over. */
  private long startingAt(long end, UnitOfWork tx) {
    long position = endpoints.lockPosition(tx);
    if (position < end && endpoints.enabled(tx).isEmpty()) {
      endpoints.moveTo(end, tx);
      return end;
    }
    return position;
  }

  private void queue(long from, long to, List<EventLog.Entry> entries, UnitOfWork tx) {
    if (endpoints.lockPosition(tx) != from) {
      return; // another process was here
    }
    List<Endpoint> enabled = endpoints.enabled(tx);
    Instant now = tx.now();
    List<Delivery> due = new ArrayList<>();
    for (EventLog.Entry entry : entries) {
      Event event = entry.event();
      String body = null;
      for (Endpoint endpoint : enabled) {
        if (endpoint.gets(event.type(), event.subject())) {
          body = body == null ? bodies.apply(event) : body;
          due.add(delivery(ids.next(), endpoint, entry, body, now));
        }
      }
    }
    if (!due.isEmpty()) {
      deliveries.queue(due, tx);
      tx.afterCommit(queued);
    }
    endpoints.moveTo(to, tx);
  }

  /** An event for an endpoint, due at once. */
  static Delivery delivery(
      UUID id, Endpoint endpoint, EventLog.Entry entry, String body, Instant now) {
    Event event = entry.event();
    return new Delivery(
        id,
        endpoint.id(),
        DeliveryKind.EVENT,
        event.id(),
        event.type(),
        event.key(),
        entry.position(),
        body,
        DeliveryStatus.PENDING,
        0,
        0,
        now,
        now,
        null);
  }
}
