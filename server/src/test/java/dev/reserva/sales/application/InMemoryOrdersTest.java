package dev.reserva.sales.application;

import dev.reserva.messaging.Transactions;

class InMemoryOrdersTest extends OrdersContract {

  private final MemoryUnitOfWork tx = new MemoryUnitOfWork();
  private final Orders orders = new InMemoryOrders();

  @Override
  protected Transactions transactions() {
    return tx;
  }

  @Override
  protected Orders orders() {
    return orders;
  }
}
