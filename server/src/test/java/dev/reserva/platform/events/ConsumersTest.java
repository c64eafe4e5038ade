package dev.reserva.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.operations.adapters.messaging.OperationsEvents;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsumersTest {

  private static final Set<String> SERVICES =
      Set.of(
          "sales",
          "inventory",
          "financial",
          "logistics",
          "customers",
          "notifications",
          "operations");

  @Test
  void every_type_that_is_consumed_is_in_the_catalogue() {
    for (String service : SERVICES) {
      assertThat(Contracts.ALL.stream().<String>map(Contract::name).toList())
          .containsAll(Consumers.typesOf(service));
    }
  }

  @Test
  void a_type_names_the_services_that_consume_it() {
    assertThat(Consumers.of(Contracts.ORDER_CANCELLED))
        .containsExactly("inventory", "financial", "logistics", "notifications", "operations");
    assertThat(Consumers.of(Contracts.PAYMENT_REQUESTED)).isEmpty();
  }

  @Test
  void operations_passes_on_every_type_that_it_consumes() {
    assertThat(OperationsEvents.TYPES).isEqualTo(Consumers.typesOf("operations"));
  }

  @Test
  void there_is_no_other_service() {
    assertThatThrownBy(() -> Consumers.typesOf("kitchen"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not kitchen");
  }
}
