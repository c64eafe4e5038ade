package dev.reserva.messaging.transport;

import dev.reserva.messaging.memory.MemoryBroker;
import java.util.Map;

/** {@link TransportContract} for two logs joined by a broker in memory, without faults. */
class MemoryBrokerTest extends TransportContract {

  @Override
  TransportHarness open() {
    MemoryBroker broker = new MemoryBroker();
    return new JoinedHarness(
        MemoryHarness.joined(1),
        MemoryHarness.joined(2),
        broker.asSeenBy(Map.of(), JoinedHarness.HEARD::contains),
        broker.asSeenBy(Map.of("toy.queue", JoinedHarness.HEARD), _ -> false),
        () -> {});
  }
}
