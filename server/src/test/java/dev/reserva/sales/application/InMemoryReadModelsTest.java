package dev.reserva.sales.application;

import dev.reserva.messaging.Transactions;

class InMemoryReadModelsTest extends ReadModelsContract {

  private final MemoryUnitOfWork tx = new MemoryUnitOfWork();
  private final Products products = new InMemoryProducts();
  private final Customers customers = new InMemoryCustomers();

  @Override
  protected Transactions transactions() {
    return tx;
  }

  @Override
  protected Products products() {
    return products;
  }

  @Override
  protected Customers customers() {
    return customers;
  }
}
