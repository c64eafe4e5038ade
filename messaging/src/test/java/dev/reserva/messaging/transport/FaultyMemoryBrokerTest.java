package dev.reserva.messaging.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.memory.MemoryBroker;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/**
 * {@link TransportContract} for two logs joined by a broker in memory that loses connections,
 * rejects, repeats, and confirms late.
 */
class FaultyMemoryBrokerTest extends TransportContract {

  private static final double FAULT_RATE = 0.02;

  /** Faults of all tests. */
  private static int faults;

  private final MemoryBroker broker = new MemoryBroker(FAULT_RATE, 5);

  @Override
  TransportHarness open() {
    MemoryHarness publisher = MemoryHarness.joined(1);
    return new JoinedHarness(
        publisher,
        MemoryHarness.joined(2),
        broker.asSeenBy(Map.of(), JoinedHarness.HEARD::contains),
        broker.asSeenBy(Map.of("toy.queue", JoinedHarness.HEARD), _ -> false),
        // A pause of the relay ends. Time stands still for the consuming side.
        () -> publisher.elapse(Duration.ofMillis(100)));
  }

  @AfterEach
  void count() {
    faults += broker.fired();
  }

  @AfterAll
  static void something_happened() {
    assertThat(faults).as("faults").isGreaterThan(20);
  }
}
