package dev.reserva.sales.adapters.memory;

import dev.reserva.TestTransactions;
import dev.reserva.messaging.Transactions;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.OrdersContract;
import dev.reserva.sales.domain.SampleOrders;

class MemoryOrdersTest extends OrdersContract {

  private final Transactions transactions = new TestTransactions(SampleOrders.NOON);
  private final Orders orders = new MemoryOrders();

  @Override
  protected Transactions transactions() {
    return transactions;
  }

  @Override
  protected Orders orders() {
    return orders;
  }
}
