package dev.reserva.messaging.transport;

import dev.reserva.messaging.memory.MemoryTransport.Disorder;

/** {@link LocalDeliveryContract} in memory. */
class MemoryLocalDeliveryTest extends LocalDeliveryContract {

  @Override
  TransportHarness open() {
    return new MemoryHarness(Disorder.NONE, 1);
  }
}
