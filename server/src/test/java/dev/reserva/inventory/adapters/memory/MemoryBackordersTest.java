package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.BackordersContract;

class MemoryBackordersTest extends BackordersContract {

  MemoryBackordersTest() {
    super(new MemoryInventory());
  }
}
