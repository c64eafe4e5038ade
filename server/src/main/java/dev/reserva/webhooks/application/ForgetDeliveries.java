package dev.reserva.webhooks.application;

import dev.reserva.messaging.Transactions;
import java.time.Duration;

/** Forgets deliveries and their attempts 30 days after they have ended. */
public final class ForgetDeliveries {

  private static final Duration KEPT = Duration.ofDays(30);
  private static final int BATCH = 1_000;

  private final Transactions transactions;
  private final Deliveries deliveries;

  public ForgetDeliveries(Transactions transactions, Deliveries deliveries) {
    this.transactions = transactions;
    this.deliveries = deliveries;
  }

  /**
   * @return whether there may be more at once
   */
  public boolean run() {
    return transactions.call(tx -> deliveries.forget(tx.now().minus(KEPT), BATCH, tx)) == BATCH;
  }
}
