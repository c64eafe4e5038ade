package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.LocationsContract;

class MemoryLocationsTest extends LocationsContract {

  MemoryLocationsTest() {
    super(new MemoryInventory());
  }
}
