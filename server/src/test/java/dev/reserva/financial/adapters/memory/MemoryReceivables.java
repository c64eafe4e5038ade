package dev.reserva.financial.adapters.memory;

import dev.reserva.financial.application.Receivables;
import dev.reserva.financial.domain.Ageing;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.financial.domain.ReceivableEntry;
import dev.reserva.financial.domain.ReceivableState;
import dev.reserva.financial.domain.ReceivableStatus;
import dev.reserva.financial.domain.ReceivableTerms;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Financial's receivables, each with its entries of the ledger. */
public final class MemoryReceivables implements Receivables {

  public record Row(ReceivableTerms terms, ReceivableState state, List<ReceivableEntry> ledger) {
    public Row {
      ledger = List.copyOf(ledger);
    }

    private Receivable receivable() {
      return new Receivable(terms, state);
    }
  }

  public static MemoryTable<UUID, Row> table(MemoryDatabase database) {
    return database.table("financial.receivable");
  }

  private static MemoryTable<UUID, Row> rows(UnitOfWork tx) {
    return table(tx.resource(MemoryDatabase.class));
  }

  @Override
  public Supplier<Map<UUID, Receivable>> lock(Collection<UUID> orderIds, UnitOfWork tx) {
    var found = new LinkedHashMap<UUID, Receivable>();
    for (UUID id : new TreeSet<>(orderIds)) {
      find(id, tx).ifPresent(receivable -> found.put(id, receivable));
    }
    return () -> found;
  }

  @Override
  public void add(Collection<Receivable> receivables, UnitOfWork tx) {
    for (Receivable receivable : receivables) {
      if (rows(tx).get(receivable.id()).isPresent()) {
        throw new IllegalStateException("order %s has a receivable".formatted(receivable.id()));
      }
      put(receivable, List.of(), tx);
    }
  }

  @Override
  public void save(Collection<Receivable> receivables, UnitOfWork tx) {
    for (Receivable receivable : receivables) {
      put(receivable, rows(tx).get(receivable.id()).orElseThrow().ledger(), tx);
    }
  }

  private static void put(Receivable receivable, List<ReceivableEntry> before, UnitOfWork tx) {
    List<ReceivableEntry> ledger = new ArrayList<>(before);
    ledger.addAll(receivable.takeEntries());
    rows(tx).put(receivable.id(), new Row(receivable.terms(), receivable.state(), ledger));
  }

  @Override
  public Optional<Receivable> find(UUID id, UnitOfWork tx) {
    return rows(tx).get(id).map(Row::receivable);
  }

  @Override
  public List<Receivable> list(
      Filter filter, @Nullable UUID before, int limit, Instant now, UnitOfWork tx) {
    return rows(tx).values().stream()
        .map(Row::receivable)
        .filter(receivable -> isIn(filter, receivable, now))
        .filter(receivable ->
            before == null || receivable.id().toString().compareTo(before.toString()) < 0)
        .sorted(Comparator.comparing((Receivable row) -> row.id().toString()).reversed())
        .limit(limit)
        .toList();
  }

  private static boolean isIn(Filter filter, Receivable receivable, Instant now) {
    UUID orderId = filter.orderId();
    UUID customerId = filter.customerId();
    ReceivableStatus status = filter.status();
    Boolean overdue = filter.overdue();
    Instant dueBefore = filter.dueBefore();
    return (orderId == null || receivable.id().equals(orderId))
        && (customerId == null || receivable.terms().customerId().equals(customerId))
        && (status == null || receivable.state().status() == status)
        && (overdue == null || receivable.isOverdue(now) == overdue)
        && (dueBefore == null || receivable.isOverdue(dueBefore));
  }

  @Override
  public List<Ageing> ageing(Instant now, UnitOfWork tx) {
    return rows(tx).values().stream()
        .map(Row::receivable)
        .filter(Receivable::isOpen)
        .collect(
            Collectors.groupingBy(
                row -> row.terms().amount().currency(), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(open ->
            new Ageing(
                open.getKey(),
                open.getValue().size(),
                sum(open.getValue(), now, null, Duration.ZERO),
                sum(open.getValue(), now, Duration.ZERO, Ageing.DAYS_30),
                sum(open.getValue(), now, Ageing.DAYS_30, Ageing.DAYS_60),
                sum(open.getValue(), now, Ageing.DAYS_60, Ageing.DAYS_90),
                sum(open.getValue(), now, Ageing.DAYS_90, null)))
        .toList();
  }

  /**
   * @param above overdue for longer; absent: or not overdue at all
   * @param most overdue for at most so long; absent: or longer
   */
  private static BigDecimal sum(
      List<Receivable> open, Instant now, @Nullable Duration above, @Nullable Duration most) {
    return open.stream()
        .filter(row -> {
          Instant due = row.state().dueAt();
          return due == null
              ? above == null
              : (above == null || due.isBefore(now.minus(above)))
                  && (most == null || !due.isBefore(now.minus(most)));
        })
        .map(row -> row.terms().amount().amount())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
