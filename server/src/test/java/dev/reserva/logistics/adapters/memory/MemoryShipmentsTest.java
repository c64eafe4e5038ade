package dev.reserva.logistics.adapters.memory;

import dev.reserva.TestTransactions;
import dev.reserva.logistics.application.ShipmentsContract;
import java.time.Instant;

class MemoryShipmentsTest extends ShipmentsContract {

  MemoryShipmentsTest() {
    super(new TestTransactions(Instant.now()), new MemoryShipments());
  }
}
