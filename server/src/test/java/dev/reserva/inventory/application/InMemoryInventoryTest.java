package dev.reserva.inventory.application;

/** The use cases and ports in memory. */
class InMemoryInventoryTest extends InventoryContract {

  InMemoryInventoryTest() {
    super(new InMemoryBackend());
  }
}
