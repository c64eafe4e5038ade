package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.InventoryContract;

class MemoryInventoryTest extends InventoryContract {

  MemoryInventoryTest() {
    super(new MemoryInventory());
  }
}
