package dev.reserva.sales.adapters.memory;

import dev.reserva.TestTransactions;
import dev.reserva.sales.application.ReturnsContract;
import dev.reserva.sales.domain.SampleOrders;

class MemoryReturnsTest extends ReturnsContract {

  MemoryReturnsTest() {
    super(
        new TestTransactions(SampleOrders.NOON),
        new MemoryOrders(),
        new MemoryReturns(),
        new MemoryLocations());
  }
}
