package dev.reserva.torture.shop;

import dev.reserva.torture.environment.Sql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the charges and refunds of the simulated payment provider from its ledger, a schema that
 * only the provider uses.
 */
public final class ProviderLedger implements Provider, AutoCloseable {
  private static final String SELECT_CHARGES =
      """
      select charge.key, charge.amount, charge.status,
             coalesce((select sum(refund.amount) from psp_simulator.refunds as refund
               where refund.charge_key = charge.key), 0) as refunded
      from psp_simulator.charges as charge
      """;

  private static final String HIDE_CHARGES =
      "alter table psp_simulator.charges rename to charges_away";
  private static final String RESTORE_CHARGES =
      "alter table psp_simulator.charges_away rename to charges";

  private final Sql sql;

  /**
   * @param sql a session on the database with the ledger
   */
  public ProviderLedger(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Map<String, Charge> charges() throws SQLException {
    Map<String, Charge> charges = new HashMap<>();
    try (Statement statement = sql.connection().createStatement();
        ResultSet row = statement.executeQuery(SELECT_CHARGES)) {
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

  /** Makes every call of the provider fail. Its ledger stays as it is. */
  public void disable() throws SQLException {
    sql.execute(HIDE_CHARGES);
  }

  /** Ends {@link #disable}. */
  public void enable() throws SQLException {
    sql.execute(RESTORE_CHARGES);
  }

  @Override
  public void close() throws SQLException {
    sql.close();
  }
}
