package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.domain.AuditLink;
import dev.reserva.operations.domain.AuditRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Audit records that a test can tamper with. They are searched by subject alone. */
final class KeptInMemory implements AuditRecords {

  final List<Chained> rows = new ArrayList<>();
  AuditLink end = AuditLink.BEGINNING;

  static AuditRecord record(int number) {
    return new AuditRecord(
        new UUID(1, number),
        Instant.EPOCH.plusSeconds(number),
        "ops",
        "user.hire",
        List.of("user-" + number),
        "{}");
  }

  @Override
  public AuditLink lockEnd(UnitOfWork tx) {
    return end;
  }

  @Override
  public AuditLink end(UnitOfWork snapshot) {
    return end;
  }

  @Override
  public Set<UUID> recorded(Collection<UUID> eventIds, UnitOfWork tx) {
    return rows.stream()
        .map(row -> row.record().eventId())
        .filter(eventIds::contains)
        .collect(Collectors.toSet());
  }

  @Override
  public void append(List<Chained> records, UnitOfWork tx) {
    rows.addAll(records);
    end = records.getLast().link();
  }

  @Override
  public List<Chained> from(long sequence, int limit, UnitOfWork snapshot) {
    List<Chained> page =
        rows.stream().filter(row -> row.link().sequence() >= sequence).limit(limit).toList();
    return page;
  }

  @Override
  public List<Chained> find(Filter filter, long upTo, int limit, UnitOfWork snapshot) {
    if (!filter.equals(new Filter(null, null, filter.subject(), null, null))) {
      throw new UnsupportedOperationException("searched by more than the subject: " + filter);
    }
    return rows.reversed().stream()
        .filter(row -> row.link().sequence() <= upTo)
        .filter(row -> row.record().subjects().contains(filter.subject()))
        .limit(limit)
        .toList();
  }
}
