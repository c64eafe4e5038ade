package dev.reserva.peers.shop;

import java.math.BigDecimal;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A simulated payment provider with a durable ledger of charges. A repeated key is not captured
 * twice; it gets the first answer again.
 *
 * <p>The token {@code tok_decline} is declined, every other one is approved.
 */
public final class SimulatedProvider {
  private static final String INSERT_CHARGE =
      """
      insert into charge (key, amount, status) values (:key, :amount, :status)
      on conflict (key) do nothing
      returning status
      """;

  private static final String SELECT_STATUS = "select status from charge where key = :key";

  private final JdbcClient ledger;

  public SimulatedProvider(JdbcClient ledger) {
    this.ledger = ledger;
  }

  /**
   * Charges once per key. The ledger's row commits before this returns.
   *
   * @return whether the money is captured; if not, the charge was declined
   * @throws IllegalStateException within a transaction, which a call of a remote provider would
   *     keep open
   */
  public boolean charge(UUID key, BigDecimal amount, String token) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("the provider must not be called within a transaction");
    }
    String newStatus = token.equals("tok_decline") ? "DECLINED" : "CAPTURED";
    String status =
        ledger
            .sql(INSERT_CHARGE)
            .param("key", key)
            .param("amount", amount)
            .param("status", newStatus)
            .query(String.class)
            .optional()
            .orElseGet(
                () -> ledger.sql(SELECT_STATUS).param("key", key).query(String.class).single());
    return status.equals("CAPTURED");
  }
}
