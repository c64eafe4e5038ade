package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.AuditRecords.Chained;
import dev.reserva.operations.domain.AuditLink;
import dev.reserva.operations.domain.AuditRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Appends records to the chain. One that is on record already is ignored. */
public final class KeepAuditRecords {

  private final AuditRecords records;

  public KeepAuditRecords(AuditRecords records) {
    this.records = records;
  }

  /**
   * @param heard at least one, each with another event id, in the order in which they came
   */
  public void keep(List<AuditRecord> heard, UnitOfWork tx) {
    AuditLink link = records.lockEnd(tx);
    Set<UUID> known = records.recorded(heard.stream().map(AuditRecord::eventId).toList(), tx);
    List<Chained> chained = new ArrayList<>(heard.size());
    for (AuditRecord record : heard) {
      if (!known.contains(record.eventId())) {
        link = link.next(record);
        chained.add(new Chained(link, record));
      }
    }
    if (!chained.isEmpty()) {
      records.append(chained, tx);
    }
  }
}
