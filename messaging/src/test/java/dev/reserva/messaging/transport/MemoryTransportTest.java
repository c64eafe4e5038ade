package dev.reserva.messaging.transport;

import dev.reserva.messaging.memory.MemoryTransport.Disorder;

/** {@link TransportContract} for the transport in memory, without faults. */
class MemoryTransportTest extends TransportContract {

  @Override
  TransportHarness open() {
    return new MemoryHarness(Disorder.NONE, 1);
  }
}
