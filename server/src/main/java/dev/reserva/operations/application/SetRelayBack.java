package dev.reserva.operations.application;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.EventLog.Entry;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.messaging.EventLog.Found;
import dev.reserva.messaging.Relays;
import dev.reserva.messaging.UnitOfWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes the relay send events to the broker again, for a database that has lost them. Where they
 * were imported before, they have no second effect while the inbox knows them, which is as long as
 * events are kept. Older ones are therefore not sent again.
 */
public final class SetRelayBack {

  /** The clocks of databases may differ by some seconds. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final Backbone backbone;
  private final Relays relays;
  private final EventLog log;
  private final Duration remembered;
  private final Clock clock;

  /**
   * @param remembered how long the inboxes of the other databases know what they have imported
   */
  public SetRelayBack(
      Backbone backbone, Relays relays, EventLog log, Duration remembered, Clock clock) {
    this.backbone = backbone;
    this.relays = relays;
    this.log = log;
    this.remembered = remembered;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Outcome {

    /** The relay goes on after the position. */
    record Done() implements Outcome {}

    /** This database has no relay. */
    record NoRelay() implements Outcome {}

    /** The log does not have this position. Nothing changed. */
    record OutOfLog(long first, long last) implements Outcome {}

    /**
     * The next event is older than what inboxes remember, so that it could take effect twice.
     * Nothing changed.
     *
     * @param at the event's time
     * @param earliest events from this time on may be sent again
     */
    record TooOld(Instant at, Instant earliest) implements Outcome {}
  }

  /**
   * @param after position of the last event that is not sent again
   */
  public Outcome to(long after, UnitOfWork tx) {
    if (relays.find(tx).isEmpty()) {
      return new Outcome.NoRelay();
    }
    long first = log.start() - 1;
    long last = log.end();
    if (after < first || after > last) {
      return new Outcome.OutOfLog(first, last);
    }
    Instant earliest = clock.instant().minus(remembered).plus(MARGIN);
    Optional<Entry> next = next(after);
    if (next.isPresent() && next.get().event().time().isBefore(earliest)) {
      return new Outcome.TooOld(next.get().event().time(), earliest);
    }
    backbone.replay(Backbone.RELAY, after, tx);
    return new Outcome.Done();
  }

  private Optional<Entry> next(long after) {
    Found found = log.search(Filter.ANY, after, 1);
    return found.entries().stream().findFirst();
  }
}
