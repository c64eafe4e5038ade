package dev.reserva.peers.shop;

import java.math.BigDecimal;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A payment provider that takes no real money. It keeps a durable ledger of charges. A repeated key
 * is never captured twice: it gets the first answer again.
 *
 * <p>The token {@code tok_decline} is declined, every other one is approved.
 */
public final class SimulatedProvider {
  private static final String CHARGE =
      """
      insert into charge (key, amount, status) values (:key, :amount, :status)
      on conflict (key) do nothing
      returning status
      """;

  private static final String STATUS = "select status from charge where key = :key";

  private final JdbcClient ledger;

  public SimulatedProvider(JdbcClient ledger) {
    this.ledger = ledger;
  }

  /**
   * Charges once per key. The ledger's row commits before this returns.
   *
   * @return whether the money is captured; if not, the charge was declined
   * @throws IllegalStateException within a transaction: a provider is somebody else's server, and
   *     nobody keeps a transaction open while it thinks
   */
  public boolean charge(UUID key, BigDecimal amount, String token) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("the provider must not be called within a transaction");
    }
    String wished = token.equals("tok_decline") ? "DECLINED" : "CAPTURED";
    String status =
        ledger
            .sql(CHARGE)
            .param("key", key)
            .param("amount", amount)
            .param("status", wished)
            .query(String.class)
            .optional()
            .orElseGet(() -> ledger.sql(STATUS).param("key", key).query(String.class).single());
    return status.equals("CAPTURED");
  }
}
