package dev.reserva.messaging.transport;

import dev.reserva.messaging.memory.MemoryTransport.Mischief;

/**
 * {@link TransportContract} for the transport in memory, with late, repeated and interleaved
 * messages.
 */
class MischievousMemoryTransportTest extends TransportContract {

  @Override
  protected TransportHarness open() {
    return new MemoryHarness(new Mischief(0.3, 0.3, true), 2);
  }
}
