package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.BundlesContract;

class MemoryBundlesTest extends BundlesContract {

  MemoryBundlesTest() {
    super(new MemoryInventory());
  }
}
