package dev.reserva.messaging.transport;

import dev.reserva.messaging.memory.MemoryTransport.Disorder;

/**
 * {@link TransportContract} for the transport in memory, with late, repeated and interleaved
 * messages.
 */
class DisorderlyMemoryTransportTest extends TransportContract {

  @Override
  TransportHarness open() {
    return new MemoryHarness(new Disorder(0.3, 0.3, true), 2);
  }
}
