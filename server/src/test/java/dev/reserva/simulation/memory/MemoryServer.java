package dev.reserva.simulation.memory;

import dev.reserva.messaging.memory.MemoryBackbone;
import dev.reserva.messaging.memory.MemoryTransport.Disorder;
import dev.reserva.platform.events.DeadLetterAnnouncer;
import dev.reserva.platform.events.TestCatalogue;
import java.util.List;

/** A database for the contract suites of its adapters. */
final class MemoryServer {

  private MemoryServer() {}

  static MemoryBackbone start() {
    return new MemoryBackbone(
        TestCatalogue.create(), new DeadLetterAnnouncer(), (_, _) -> List.of(), Disorder.NONE, 1);
  }
}
