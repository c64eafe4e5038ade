package dev.reserva.sales.adapters.memory;

import dev.reserva.TestTransactions;
import dev.reserva.messaging.Transactions;
import dev.reserva.sales.application.Customers;
import dev.reserva.sales.application.Products;
import dev.reserva.sales.application.ReadModelsContract;
import dev.reserva.sales.domain.SampleOrders;

class MemoryReadModelsTest extends ReadModelsContract {

  private final Transactions transactions = new TestTransactions(SampleOrders.NOON);

  @Override
  protected Transactions transactions() {
    return transactions;
  }

  @Override
  protected Products products() {
    return new MemoryProducts();
  }

  @Override
  protected Customers customers() {
    return new MemoryCustomers();
  }
}
