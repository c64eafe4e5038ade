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

/** What financial holds to be true of orders' money. An order without a payment is left out. */
public final class PostgresTakings implements OrderClaims.Paid {

  private static final String TAKINGS =
      """
      select order_id, case when transaction_id is null then 0 else amount end as captured,
             refunded, owed, currency
      from financial.payments
      where order_id = any (?)
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
