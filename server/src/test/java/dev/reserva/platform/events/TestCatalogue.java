package dev.reserva.platform.events;

import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventType;
import dev.reserva.platform.json.JsonPayloads;

/** The event catalogue of every process. */
public final class TestCatalogue {

  private TestCatalogue() {}

  public static EventCatalogue create() {
    return new EventCatalogue(
        Contracts.ALL.stream().map(TestCatalogue::type).toList(), new JsonPayloads());
  }

  private static <T> EventType<T> type(Contract<T> contract) {
    return new EventType<>(contract.name(), contract.payload(), contract.subject(), contract.key());
  }
}
