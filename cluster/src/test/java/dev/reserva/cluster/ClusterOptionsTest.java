package dev.reserva.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterOptionsTest {

  private static ClusterOptions options(Transport transport, int port, @Nullable String broker) {
    return new ClusterOptions(
        transport,
        ClusterOptions.instances(""),
        port,
        Path.of("data"),
        broker,
        Map.of(),
        List.of());
  }

  @Test
  void each_service_has_one_process_unless_more_are_asked_for() {
    assertThat(ClusterOptions.instances(""))
        .hasSize(7)
        .allSatisfy((_, count) -> assertThat(count).isEqualTo(1));
    assertThat(ClusterOptions.instances("sales=2, inventory=3"))
        .containsEntry(Service.SALES, 2)
        .containsEntry(Service.INVENTORY, 3)
        .containsEntry(Service.FINANCIAL, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sale=2", "sales", "sales=", "sales=x", "sales=1=2", "sales=2,"})
  void a_list_of_instances_that_makes_no_sense_is_told_with_what_is_allowed(String text) {
    assertThatThrownBy(() -> ClusterOptions.instances(text))
        .isInstanceOf(ClusterFailure.class)
        .hasMessageStartingWith(
            "--instances must be like sales=2,inventory=2, with services of sales, inventory,"
                + " financial, logistics, customers, notifications, operations; \"");
  }

  @Test
  void counts_and_ports_have_bounds() {
    assertThatThrownBy(() ->
            new ClusterOptions(
                Transport.POSTGRES,
                ClusterOptions.instances("sales=10"),
                8080,
                Path.of("data"),
                null,
                Map.of(),
                List.of()))
        .hasMessage("instances of sales must be 1..9, were 10");
    assertThatThrownBy(() -> options(Transport.POSTGRES, 65_536, null))
        .hasMessage("--port must be 1..65535, such as 8080, was 65536");
  }

  @Test
  void the_service_with_the_logins_always_runs() {
    assertThatThrownBy(() ->
            new ClusterOptions(
                Transport.POSTGRES,
                Map.of(Service.SALES, 1),
                0,
                Path.of("data"),
                null,
                Map.of(),
                List.of()))
        .hasMessageStartingWith("customers must run");
  }

  @ParameterizedTest
  @CsvSource({
    "RABBITMQ, amqp://localhost",
    "RABBITMQ, amqps://rabbit.example.org:5671/shop",
    "KAFKA, localhost:9092",
    "KAFKA, 'one:9092,two:9092'"
  })
  void a_broker_is_named_in_the_form_of_its_transport(Transport transport, String broker) {
    assertThat(options(transport, 8080, broker).broker()).isEqualTo(broker);
  }

  @ParameterizedTest
  @CsvSource({
    "RABBITMQ, localhost:5672",
    "RABBITMQ, amqp://reserva:hush@localhost",
    "KAFKA, kafka://localhost:9092",
    "KAFKA, localhost",
    "POSTGRES, localhost:9092"
  })
  void another_form_is_refused_and_a_password_in_it_is_not_repeated(
      Transport transport, String broker) {
    assertThatThrownBy(() -> options(transport, 8080, broker))
        .isInstanceOf(ClusterFailure.class)
        .hasMessageStartingWith("--broker ")
        .hasMessageNotContaining("hush");
  }
}
