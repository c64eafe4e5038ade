package dev.reserva.webhooks.application;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.Delivery;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EndpointState;
import dev.reserva.webhooks.domain.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queues the events of the log since a time once more for an endpoint, those too that were
 * published while it was disabled or not registered.
 *
 * <ul>
 *   <li>The deliveries of a page of the log and the replay's position commit together, so a replay
 *       queues each event once.
 *   <li>A delivery that has ended is due again with its message id. One that is pending, or was
 *       queued after the replay began, stays as it is.
 *   <li>It waits while many deliveries of the endpoint are pending.
 * </ul>
 */
public final class ReplayEvents {

  /** Events that are read at once. */
  private static final int PAGE = 200;

  /** A replay waits while so many deliveries of its endpoint are pending. */
  static final int MOST_PENDING = 1_000;

  /** A fact is at most so much older than the facts before it in the log: a long transaction. */
  private static final Duration OUT_OF_ORDER = Duration.ofMinutes(1);

  private final Transactions transactions;
  private final EventLog log;
  private final Endpoints endpoints;
  private final Deliveries deliveries;
  private final Replays replays;
  private final Backlogs backlogs;
  private final Ids ids;
  private final Function<Event, String> bodies;
  private final Runnable queued;

  /**
   * @param bodies writes an event as it is posted
   * @param queued called after a commit that has queued something
   */
  public ReplayEvents(
      Transactions transactions,
      EventLog log,
      Endpoints endpoints,
      Deliveries deliveries,
      Replays replays,
      Backlogs backlogs,
      Ids ids,
      Function<Event, String> bodies,
      Runnable queued) {
    this.transactions = transactions;
    this.log = log;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.replays = replays;
    this.backlogs = backlogs;
    this.ids = ids;
    this.bodies = bodies;
    this.queued = queued;
  }

  /**
   * Takes a step of each replay.
   *
   * @return whether there may be more at once
   */
  public boolean run() {
    boolean more = false;
    for (Replay replay : transactions.call(replays::running)) {
      more |= replay.range() == null ? find(replay) : page(replay, replay.range());
    }
    return more;
  }

  private boolean find(Replay replay) {
    long end = log.end();
    var range = new Replay.Range(Math.min(end, before(replay.since().minus(OUT_OF_ORDER))), end);
    transactions.run(tx -> {
      if (replays.lock(replay.endpointId(), tx).equals(Optional.of(replay))) {
        replays.save(replay.in(range, tx.now()), tx);
      }
    });
    return true;
  }

  /**
   * The position before the first event that this database has published since a time. Its own
   * events follow its clock; those that it has imported can be older than what is before them.
   */
  private long before(Instant time) {
    long older = Math.max(0, log.start() - 1);
    long newer = log.end();
    while (older < newer) {
      long middle = older + (newer - older) / 2;
      EventLog.Entry next = ownAfter(middle);
      if (next != null && next.event().time().isBefore(time)) {
        older = next.position();
      } else {
        newer = middle;
      }
    }
    return older;
  }

  private EventLog.@Nullable Entry ownAfter(long position) {
    @Nullable Long from = position;
    while (from != null) {
      EventLog.Found found = log.search(EventLog.Filter.ANY.ofOwn(), from, 1);
      if (!found.entries().isEmpty()) {
        return found.entries().getFirst();
      }
      from = found.next();
    }
    return null;
  }

  private boolean page(Replay replay, Replay.Range range) {
    if (transactions.call(tx -> backlogs.of(replay.endpointId(), tx)) >= MOST_PENDING) {
      return false;
    }
    EventLog.Found found = log.search(EventLog.Filter.ANY, range.read(), PAGE);
    long next = Objects.requireNonNullElse(found.next(), range.until());
    var read = new Replay.Range(Math.min(next, range.until()), range.until());
    return transactions.call(tx -> queue(replay, read, found.entries(), tx));
  }

  private boolean queue(
      Replay replay, Replay.Range read, List<EventLog.Entry> entries, UnitOfWork tx) {
    Optional<Endpoint> endpoint = endpoints.lock(replay.endpointId(), tx);
    Optional<Replay> current = replays.lock(replay.endpointId(), tx);
    if (endpoint.isEmpty()
        || endpoint.get().state() != EndpointState.ACTIVE
        || !current.equals(Optional.of(replay))) {
      return false; // it was disabled, or another process was here
    }
    Instant now = tx.now();
    List<Delivery> due = new ArrayList<>();
    for (EventLog.Entry entry : entries) {
      Event event = entry.event();
      if (entry.position() <= read.until()
          && !event.time().isBefore(replay.since())
          && endpoint.get().gets(event.type(), event.subject())) {
        due.add(
            QueueDeliveries.delivery(ids.next(), endpoint.get(), entry, bodies.apply(event), now));
      }
    }
    int again = due.isEmpty() ? 0 : deliveries.repeat(due, replay.startedAt(), tx);
    if (again > 0) {
      tx.afterCommit(queued);
    }
    replays.save(replay.read(read, again, now), tx);
    return true;
  }
}
