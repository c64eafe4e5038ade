package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.TransfersContract;

class MemoryTransfersTest extends TransfersContract {

  MemoryTransfersTest() {
    super(new MemoryInventory());
  }
}
