package dev.reserva.financial.adapters.memory;

import dev.reserva.financial.application.Due;
import dev.reserva.financial.application.Refunds;
import dev.reserva.financial.domain.Refund;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Financial's obligations to give money back. */
public final class MemoryRefunds implements Refunds {

  /**
   * @param doneAt absent while it is owed
   */
  public record Row(Refund refund, @Nullable Instant doneAt, boolean outside) {
    public boolean isOpen() {
      return doneAt == null;
    }
  }

  public static MemoryTable<UUID, Row> table(MemoryDatabase database) {
    return database.table("financial.refund");
  }

  private static MemoryTable<UUID, Row> rows(UnitOfWork tx) {
    return table(tx.resource(MemoryDatabase.class));
  }

  @Override
  public void insert(Collection<Refund> refunds, UnitOfWork tx) {
    refunds.forEach(refund -> rows(tx).put(refund.id(), new Row(refund, null, false)));
  }

  @Override
  public List<Refund> lockDue(Due due, int limit, UnitOfWork tx) {
    return rows(tx).values().stream()
        .filter(row -> row.isOpen() && due.covers(row.refund().dueAt()))
        .map(Row::refund)
        .sorted(Comparator.comparing(Refund::dueAt))
        .limit(limit)
        .toList();
  }

  @Override
  public Map<UUID, Refund> lockOpen(Collection<UUID> ids, UnitOfWork tx) {
    var open = new LinkedHashMap<UUID, Refund>();
    for (UUID id : new TreeSet<>(ids)) {
      rows(tx).get(id).filter(Row::isOpen).ifPresent(row -> open.put(id, row.refund()));
    }
    return open;
  }

  @Override
  public void save(Collection<Refund> refunds, UnitOfWork tx) {
    insert(refunds, tx);
  }

  @Override
  public void done(Collection<Refund> refunds, Instant at, UnitOfWork tx) {
    refunds.forEach(refund -> rows(tx).put(refund.id(), new Row(refund, at, false)));
  }

  @Override
  public void doneOutside(Refund refund, Instant at, UnitOfWork tx) {
    rows(tx).put(refund.id(), new Row(refund, at, true));
  }

  @Override
  public Set<UUID> settledOutside(Collection<UUID> ids, UnitOfWork tx) {
    return rows(tx).values().stream()
        .filter(row -> row.outside() && ids.contains(row.refund().id()))
        .map(row -> row.refund().id())
        .collect(Collectors.toSet());
  }

  @Override
  public Set<UUID> forReturns(Collection<UUID> returnIds, UnitOfWork tx) {
    return rows(tx).values().stream()
        .map(row -> row.refund().returnId())
        .filter(returnId -> returnId != null && returnIds.contains(returnId))
        .collect(Collectors.toSet());
  }

  @Override
  public List<OnRecord> ofPayment(UUID paymentId, UnitOfWork tx) {
    return rows(tx).values().stream()
        .filter(row -> row.refund().paymentId().equals(paymentId))
        .map(row ->
            new OnRecord(
                row.refund().id(),
                paymentId,
                row.refund().amount(),
                row.refund().reason(),
                row.refund().createdAt(),
                row.doneAt(),
                row.outside()))
        .toList();
  }
}
