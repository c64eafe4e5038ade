package dev.reserva.financial.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.integrity.OrderClaims;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The orders' money according to financial. Orders without a payment are left out, and so is what a
 * replaced payment took too late: all of that goes back ({@link
 * FinancialChecks#unwantedMoneyGoesBack}).
 */
public final class PostgresTakings implements OrderClaims.Paid {

  private static final String TAKINGS =
      """
      select order_id, sum(case when transaction_id is null then 0 else amount end) as captured,
             sum(refunded) as refunded, sum(owed) as owed, min(currency) as currency
      from financial.payments
      where order_id = any (?) and not (unwanted and replaced_by is not null)
      group by order_id
      """;

  @Override
  public Map<UUID, Takings> takings(UnitOfWork snapshot, List<UUID> orderIds) {
    Map<UUID, Takings> takings = new HashMap<>();
    Statements.of(snapshot)
        .query(
            TAKINGS,
            row -> {
              String currency = row.getString("currency");
              return takings.put(
                  Rows.uuid(row, "order_id"),
                  new Takings(
                      new Money(row.getBigDecimal("captured"), currency),
                      new Money(row.getBigDecimal("refunded"), currency),
                      new Money(row.getBigDecimal("owed"), currency)));
            },
            (Object) orderIds.toArray(UUID[]::new));
    return takings;
  }
}
