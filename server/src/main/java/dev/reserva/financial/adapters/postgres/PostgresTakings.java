package dev.reserva.financial.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.integrity.OrderClaims;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The orders' money according to financial. Orders without a receivable and a payment are left out,
 * and so is what a replaced payment took too late: all of that goes back ({@link
 * FinancialChecks#unwantedMoneyGoesBack}).
 */
public final class PostgresTakings implements OrderClaims.Paid {

  private static final String TAKINGS =
      """
      with taken as (
        select order_id, sum(case when transaction_id is null then 0 else amount end) as captured,
               sum(refunded) as refunded, sum(owed) as owed, min(currency) as currency
        from financial.payments
        where order_id = any (?) and not (unwanted and replaced_by is not null)
        group by order_id)
      select coalesce(t.order_id, r.id) as order_id, coalesce(t.captured, 0) as captured,
             coalesce(t.refunded, 0) as refunded, coalesce(t.owed, 0) as owed,
             coalesce(t.currency, r.currency) as currency, r.amount as receivable,
             r.currency as receivable_currency, r.status
      from taken t
      full join (select * from financial.receivables where id = any (?)) r on r.id = t.order_id
      """;

  private static final String FOR_RETURNS =
      """
      select p.order_id, r.return_id, r.amount, r.currency
      from financial.payments p join financial.refunds r on r.payment_id = p.id
      where p.order_id = any (?) and r.return_id is not null
      """;

  @Override
  public Map<UUID, Takings> takings(UnitOfWork snapshot, List<UUID> orderIds) {
    Map<UUID, Takings> takings = new HashMap<>();
    UUID[] ids = orderIds.toArray(UUID[]::new);
    Map<UUID, Map<UUID, Money>> forReturns = forReturns(snapshot, ids);
    Statements.of(snapshot)
        .query(
            TAKINGS,
            row -> {
              String currency = row.getString("currency");
              UUID order = Rows.uuid(row, "order_id");
              return takings.put(
                  order,
                  new Takings(
                      new Money(row.getBigDecimal("captured"), currency),
                      new Money(row.getBigDecimal("refunded"), currency),
                      new Money(row.getBigDecimal("owed"), currency),
                      receivable(row),
                      forReturns.getOrDefault(order, Map.of())));
            },
            ids,
            ids);
    return takings;
  }

  private static Map<UUID, Map<UUID, Money>> forReturns(UnitOfWork snapshot, UUID[] ids) {
    Map<UUID, Map<UUID, Money>> found = new HashMap<>();
    Statements.of(snapshot)
        .query(
            FOR_RETURNS,
            row ->
                found
                    .computeIfAbsent(Rows.uuid(row, "order_id"), _ -> new HashMap<>())
                    .put(
                        Rows.uuid(row, "return_id"),
                        new Money(row.getBigDecimal("amount"), row.getString("currency"))),
            (Object) ids);
    return found;
  }

  private static @Nullable Receivable receivable(ResultSet row) throws SQLException {
    String status = row.getString("status");
    return status == null
        ? null
        : new Receivable(
            new Money(row.getBigDecimal("receivable"), row.getString("receivable_currency")),
            status);
  }
}
