package dev.reserva.simulation.memory;

import dev.reserva.messaging.Transactions;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.OrdersContract;

class MemoryOrdersTest extends OrdersContract {

  private final Transactions transactions = MemoryServer.start().transactions();
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
