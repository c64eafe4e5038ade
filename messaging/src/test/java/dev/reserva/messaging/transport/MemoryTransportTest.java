package dev.reserva.messaging.transport;

import dev.reserva.messaging.memory.MemoryTransport.Mischief;

/** The transport in memory as it keeps {@link TransportContract} when it behaves. */
class MemoryTransportTest extends TransportContract {

  @Override
  protected TransportHarness open() {
    return new MemoryHarness(Mischief.NONE, 1);
  }
}
