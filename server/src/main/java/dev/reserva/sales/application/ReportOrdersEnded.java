package dev.reserva.sales.application;

import dev.reserva.contracts.SalesEvent.CustomerOrdersEnded;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;

/**
 * Reports the customers whose data shall be erased and who have no open order any more. An order is
 * open until it is delivered, completed, cancelled or failed. Several processes may run it at once.
 */
public final class ReportOrdersEnded {

  private static final int BATCH = 100;

  private final Transactions transactions;
  private final Customers customers;

  public ReportOrdersEnded(Transactions transactions, Customers customers) {
    this.transactions = transactions;
    this.customers = customers;
  }

  /**
   * Reports the next ones.
   *
   * @return whether there may be more
   */
  public boolean run() {
    return transactions.call(this::report);
  }

  private boolean report(UnitOfWork tx) {
    List<Customers.Erasure> erasable = customers.takeErasable(BATCH, tx);
    erasable.forEach(
        erasure -> tx.publish(new CustomerOrdersEnded(erasure.customerId()), erasure.cause()));
    return erasable.size() == BATCH;
  }
}
