package dev.reserva.messaging.transport;

import dev.reserva.messaging.memory.MemoryTransport.Mischief;

/** The same promises when what arrives is late, repeated and mixed. */
class MischievousMemoryTransportTest extends TransportContract {

  @Override
  protected TransportHarness open() {
    return new MemoryHarness(new Mischief(0.3, 0.3, true), 2);
  }
}
