package dev.reserva.torture.shop;

import dev.reserva.torture.stage.Sql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * What the simulated payment provider has taken and given back, read from its own ledger: a schema
 * that belongs to nobody but the provider.
 */
public final class ProviderLedger implements Provider, AutoCloseable {
  private static final String BALANCES =
      """
      select charge.key, charge.amount, charge.status,
             coalesce((select sum(refund.amount) from psp_simulator.refunds as refund
               where refund.charge_key = charge.key), 0) as refunded
      from psp_simulator.charges as charge
      """;

  private static final String GO_AWAY = "alter table psp_simulator.charges rename to charges_away";
  private static final String COME_BACK =
      "alter table psp_simulator.charges_away rename to charges";

  private final Sql sql;

  /**
   * @param sql a session on the database in which the provider keeps it
   */
  public ProviderLedger(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Map<String, Charge> charges() throws SQLException {
    Map<String, Charge> charges = new HashMap<>();
    try (Statement statement = sql.connection().createStatement();
        ResultSet row = statement.executeQuery(BALANCES)) {
      while (row.next()) {
        String key = row.getString("key");
        boolean captured = row.getString("status").equals("CAPTURED");
        charges.put(
            key,
            new Charge(
                key,
                captured ? cents(row.getBigDecimal("amount")) : 0,
                cents(row.getBigDecimal("refunded"))));
      }
    }
    return charges;
  }

  private static long cents(BigDecimal amount) {
    return amount.movePointRight(2).longValueExact();
  }

  /** Every call of the provider fails from now on; what it has on record stays as it is. */
  public void goAway() throws SQLException {
    sql.execute(GO_AWAY);
  }

  public void comeBack() throws SQLException {
    sql.execute(COME_BACK);
  }

  @Override
  public void close() throws SQLException {
    sql.close();
  }
}
