package dev.reserva.messaging.transport;

import dev.reserva.messaging.memory.MemoryTransport.Mischief;

/** {@link TransportContract} for the transport in memory, without faults. */
class MemoryTransportTest extends TransportContract {

  @Override
  protected TransportHarness open() {
    return new MemoryHarness(Mischief.NONE, 1);
  }
}
