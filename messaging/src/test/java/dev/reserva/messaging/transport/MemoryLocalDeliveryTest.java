package dev.reserva.messaging.transport;

import dev.reserva.messaging.memory.MemoryTransport.Mischief;

/** {@link LocalDeliveryContract} in memory. */
class MemoryLocalDeliveryTest extends LocalDeliveryContract {

  @Override
  TransportHarness open() {
    return new MemoryHarness(Mischief.NONE, 1);
  }
}
