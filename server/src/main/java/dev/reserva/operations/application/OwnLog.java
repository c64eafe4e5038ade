package dev.reserva.operations.application;

import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.EventLog.Entry;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.messaging.EventLog.Found;
import dev.reserva.messaging.Transactions;
import dev.reserva.operations.application.ManualPublications.ManualPublication;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The log of the database of this process. */
public final class OwnLog implements LogPart {

  private final EventLog log;
  private final Transactions transactions;
  private final ManualPublications publications;

  public OwnLog(EventLog log, Transactions transactions, ManualPublications publications) {
    this.log = log;
    this.transactions = transactions;
    this.publications = publications;
  }

  @Override
  public long end() {
    return log.end();
  }

  @Override
  public LogPage search(Filter filter, long after, int limit) {
    Found found = log.search(filter, after, limit);
    List<UUID> ids = found.entries().stream().map(entry -> entry.event().id()).toList();
    Map<UUID, ManualPublication> byHand =
        ids.isEmpty() ? Map.of() : transactions.snapshot(tx -> publications.of(ids, tx));
    return new LogPage(
        found.entries().stream().map(entry -> entry(entry, byHand)).toList(), found.next());
  }

  private static LogEntry entry(Entry entry, Map<UUID, ManualPublication> byHand) {
    return new LogEntry(entry.position(), entry.event(), byHand.get(entry.event().id()));
  }
}
