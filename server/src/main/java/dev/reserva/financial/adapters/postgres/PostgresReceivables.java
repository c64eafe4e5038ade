package dev.reserva.financial.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.Receivables;
import dev.reserva.financial.domain.Ageing;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.financial.domain.ReceivableState;
import dev.reserva.financial.domain.ReceivableStatus;
import dev.reserva.financial.domain.ReceivableTerms;
import dev.reserva.messaging.NewIds;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Conditions;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tables {@code financial.receivables} and {@code financial.receivable_ledger}. */
public final class PostgresReceivables implements Receivables {

  private static final String SELECT =
      """
      select id, customer_id, amount, currency, status, settled, refunded, due_at, opened_at,
             closed_at
      from financial.receivables
      """;

  private static final String LOCK = SELECT + "where id = any (?) order by id for update";

  private static final String FIND = SELECT + "where id = ?";

  private static final String AGEING =
      """
      select currency, count(*) as receivables,
        coalesce(sum(amount) filter (where due_at is null or due_at >= ?), 0) as not_due,
        coalesce(sum(amount) filter (where due_at < ? and due_at >= ?), 0) as to_30,
        coalesce(sum(amount) filter (where due_at < ? and due_at >= ?), 0) as to_60,
        coalesce(sum(amount) filter (where due_at < ? and due_at >= ?), 0) as to_90,
        coalesce(sum(amount) filter (where due_at < ?), 0) as over_90
      from financial.receivables
      where status <> 'SETTLED' and status = 'OPEN'
      group by currency
      order by currency
      """;

  private static final String OPEN_AND_DUE_BEFORE =
      "status <> 'SETTLED' and status = 'OPEN' and due_at < ?";

  @Override
  public Supplier<Map<UUID, Receivable>> lock(Collection<UUID> orderIds, UnitOfWork tx) {
    ReceivableSession session = ReceivableSession.of(tx);
    List<UUID> others = orderIds.stream().filter(id -> session.get(id) == null).toList();
    List<UUID> unknown = NewIds.toLookUp(others, PostgresReceivables.class, tx);
    Supplier<List<Receivable>> asked =
        unknown.isEmpty()
            ? List::of
            : Statements.of(tx)
                .ask(LOCK, PostgresReceivables::receivable, (Object) unknown.toArray(UUID[]::new));
    return () -> {
      asked.get().forEach(session::keep);
      Map<UUID, Receivable> locked = new HashMap<>();
      for (UUID id : orderIds) {
        Receivable receivable = session.get(id);
        if (receivable != null) {
          locked.put(id, receivable);
        }
      }
      return locked;
    };
  }

  @Override
  public void add(Collection<Receivable> receivables, UnitOfWork tx) {
    receivables.forEach(ReceivableSession.of(tx)::add);
  }

  @Override
  public void save(Collection<Receivable> receivables, UnitOfWork tx) {
    receivables.forEach(ReceivableSession.of(tx)::change);
  }

  @Override
  public Optional<Receivable> find(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, PostgresReceivables::receivable, id).stream().findFirst();
  }

  @Override
  public List<Receivable> list(
      Filter filter, @Nullable UUID before, int limit, Instant now, UnitOfWork tx) {
    Conditions conditions =
        new Conditions()
            .andIfPresent("id = ?", filter.orderId())
            .andIfPresent("customer_id = ?", filter.customerId())
            .andIfPresent(OPEN_AND_DUE_BEFORE, filter.dueBefore())
            .andIfPresent("id < ?", before);
    ReceivableStatus status = filter.status();
    if (status != null) {
      // The first condition names the index of those that are not settled.
      conditions.and(
          status == ReceivableStatus.SETTLED ? "status = ?" : "status <> 'SETTLED' and status = ?",
          status.name());
    }
    if (filter.overdue() != null) {
      conditions.and(
          filter.overdue()
              ? OPEN_AND_DUE_BEFORE
              : "(status <> 'OPEN' or due_at is null or due_at >= ?)",
          now);
    }
    return Statements.of(tx)
        .query(
            SELECT + conditions.where() + "order by id desc limit ?",
            PostgresReceivables::receivable,
            conditions.values(limit));
  }

  @Override
  public List<Ageing> ageing(Instant now, UnitOfWork tx) {
    Instant days30 = now.minus(Ageing.DAYS_30);
    Instant days60 = now.minus(Ageing.DAYS_60);
    Instant days90 = now.minus(Ageing.DAYS_90);
    return Statements.of(tx)
        .query(
            AGEING,
            row ->
                new Ageing(
                    row.getString("currency"),
                    row.getLong("receivables"),
                    row.getBigDecimal("not_due"),
                    row.getBigDecimal("to_30"),
                    row.getBigDecimal("to_60"),
                    row.getBigDecimal("to_90"),
                    row.getBigDecimal("over_90")),
            now,
            now,
            days30,
            days30,
            days60,
            days60,
            days90,
            days90);
  }

  private static Receivable receivable(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    return new Receivable(
        new ReceivableTerms(
            Rows.uuid(row, "id"),
            Rows.uuid(row, "customer_id"),
            new Money(row.getBigDecimal("amount"), currency),
            Rows.instant(row, "opened_at")),
        new ReceivableState(
            ReceivableStatus.valueOf(row.getString("status")),
            new Money(row.getBigDecimal("settled"), currency),
            new Money(row.getBigDecimal("refunded"), currency),
            Rows.instantOrNull(row, "due_at"),
            Rows.instantOrNull(row, "closed_at")));
  }
}
