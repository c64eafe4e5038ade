package dev.reserva.financial.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.integrity.OrderClaims;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    Connection connection = snapshot.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(TAKINGS)) {
      new Parameters(connection, statement).ids(orderIds);
      Map<UUID, Takings> takings = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String currency = row.getString("currency");
          takings.put(
              row.getObject("order_id", UUID.class),
              new Takings(
                  new Money(row.getBigDecimal("captured"), currency),
                  new Money(row.getBigDecimal("refunded"), currency),
                  new Money(row.getBigDecimal("owed"), currency)));
        }
      }
      return takings;
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
