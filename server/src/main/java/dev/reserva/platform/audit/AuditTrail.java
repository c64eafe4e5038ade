package dev.reserva.platform.audit;

import dev.reserva.contracts.OperationsEvent.AuditEntry;
import dev.reserva.contracts.OperationsEvent.AuditRecorded;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts commands and security events on record by publishing {@code operations.audit.recorded}.
 *
 * <ul>
 *   <li>A command of staff, and a security event that belongs to a transaction, is recorded in that
 *       transaction: there is no effect without its record, and no record without the effect.
 *   <li>Other security events wait in {@link WaitingEvents}, which is bounded, and are recorded
 *       within a second. Nobody waits for them. Those of the last second are lost if the process is
 *       killed; a stop records them.
 * </ul>
 */
public final class AuditTrail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

  private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);

  private final Transactions transactions;
  private final Ids ids;
  private final Clock clock;
  private final WaitingEvents waiting = new WaitingEvents();

  public AuditTrail(Transactions transactions, Ids ids, Clock clock) {
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /** Records commands that the transaction carries out. */
  public void commands(List<AuditedCommand> commands, UnitOfWork tx) {
    if (commands.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Records records = new Records();
    for (AuditedCommand command : commands) {
      Audited what = command.what();
      records.add(
          command.actor(),
          what.action(),
          command.cause(),
          new AuditEntry(
              now, what.subject(), command.cause().correlationId(), 1, what.changes().list()));
    }
    records.publish(tx);
  }

  /** Records a security event that the transaction brings about. */
  public void security(SecurityEvent event, UnitOfWork tx) {
    Records records = new Records();
    records.add(event, clock.instant(), 1);
    records.publish(tx);
  }

  /**
   * Records a security event within a second, without a wait and without a transaction of the
   * caller's. It may be called at any rate: equal events become one, and too many different ones
   * are only counted.
   */
  public void security(SecurityEvent event) {
    waiting.add(event, clock.instant());
  }

  /** Security events that were counted and not recorded one by one, since the process started. */
  public long dropped() {
    return waiting.dropped();
  }

  /** Records what waits. */
  Worker flushes() {
    return new Worker(
        "platform.audit",
        FLUSH_INTERVAL,
        () -> {
          flush();
          return false;
        });
  }

  private void flush() {
    WaitingEvents.Taken taken = waiting.take();
    if (taken.isEmpty()) {
      return;
    }
    try {
      transactions.run(tx -> {
        Records records = new Records();
        taken.events().forEach((event, seen) -> records.add(event, seen.first(), seen.times()));
        taken
            .dropped()
            .forEach((action, seen) -> records.add(overflow(action), seen.first(), seen.times()));
        records.publish(tx);
      });
    } catch (RuntimeException e) {
      waiting.putBack(taken);
      throw e;
    }
  }

  private SecurityEvent overflow(SecurityAction action) {
    return SecurityEvent.of(SecurityAction.OVERFLOW, Actor.SYSTEM, Cause.of(ids.next().toString()))
        .about(action.wire());
  }

  /** Records what waits, after the last request was answered. */
  @Override
  public void close() {
    try {
      flush();
    } catch (DependencyUnavailable e) {
      LOG.warn(
          "security events that waited are lost, the database is down: error={}", e.toString());
    }
  }

  /** The records of one transaction: one for each actor and action. */
  private final class Records {

    private record Key(Actor actor, String action) {}

    private record Open(Cause cause, List<AuditEntry> entries) {}

    private final Map<Key, Open> open = new LinkedHashMap<>();

    void add(SecurityEvent event, Instant at, int times) {
      add(
          event.actor(),
          event.action().wire(),
          event.cause(),
          new AuditEntry(
              at, event.subject(), event.cause().correlationId(), times, event.details().list()));
    }

    void add(Actor actor, String action, Cause cause, AuditEntry entry) {
      open.computeIfAbsent(new Key(actor, action), _ -> new Open(cause, new ArrayList<>()))
          .entries()
          .add(entry);
    }

    void publish(UnitOfWork tx) {
      open.forEach((key, record) -> {
        List<AuditEntry> entries = record.entries();
        for (int from = 0; from < entries.size(); from += AuditRecorded.MAX_ENTRIES) {
          int to = Math.min(entries.size(), from + AuditRecorded.MAX_ENTRIES);
          var _ =
              tx.publish(
                  new AuditRecorded(
                      ids.next(),
                      key.actor().name(),
                      key.actor().kind().wire(),
                      key.actor().roles(),
                      key.actor().address(),
                      key.action(),
                      List.copyOf(entries.subList(from, to))),
                  record.cause());
        }
      });
    }
  }
}
