package dev.reserva.simulation.memory;

import dev.reserva.messaging.Transactions;
import dev.reserva.sales.application.Customers;
import dev.reserva.sales.application.Products;
import dev.reserva.sales.application.ReadModelsContract;

class MemoryReadModelsTest extends ReadModelsContract {

  private final Transactions transactions = MemoryServer.start().transactions();

  @Override
  protected Transactions transactions() {
    return transactions;
  }

  @Override
  protected Products products() {
    return new MemoryOffers();
  }

  @Override
  protected Customers customers() {
    return new MemoryCustomers();
  }
}
