package dev.reserva.messaging.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RabbitTopologyTest {

  private static RabbitSettings settings(String uri, int partitions) {
    return new RabbitSettings(
        URI.create(uri), "user", "secret", "test", 500, 1_000, 1_000_000, partitions);
  }

  @Test
  void the_slot_of_a_key_never_changes() {
    assertThat(RabbitTopology.slotOf(UUID.fromString("0198c0de-0000-7000-8000-000000000001")))
        .isEqualTo(25);
    assertThat(RabbitTopology.slotOf(UUID.fromString("0198c0de-0000-7000-8000-000000000002")))
        .isEqualTo(0);
  }

  @Test
  void keys_are_spread_over_all_slots() {
    Set<Integer> slots =
        LongStream.range(0, 1_000)
            .mapToObj(i -> RabbitTopology.slotOf(new UUID(0x0198_c0de_0000_7000L, i)))
            .collect(Collectors.toSet());

    assertThat(slots).hasSize(64).allSatisfy(slot -> assertThat(slot).isBetween(0, 63));
  }

  @Test
  void each_service_has_one_queue_or_one_for_each_partition() {
    Set<String> types = Set.of("sales.order.created");

    assertThat(
            new RabbitTopology(Set.of("sales"), types, types, settings("amqp://rabbit", 1))
                .queues())
        .containsExactly("sales.queue");
    assertThat(
            new RabbitTopology(
                    Set.of("sales", "financial"), types, types, settings("amqp://rabbit", 2))
                .queues())
        .containsExactly(
            "financial.queue.0", "financial.queue.1", "sales.queue.0", "sales.queue.1");
  }

  @Test
  void a_type_goes_to_the_exchange_of_its_context() {
    assertThat(RabbitTopology.exchangeOf("sales.order.created")).isEqualTo("sales.events");
  }

  @Test
  void port_and_virtual_host_have_the_usual_defaults() {
    assertThat(settings("amqp://rabbit", 1).port()).isEqualTo(5672);
    assertThat(settings("amqps://rabbit", 1).port()).isEqualTo(5671);
    assertThat(settings("amqps://rabbit:7000/shop", 1).port()).isEqualTo(7000);
    assertThat(settings("amqp://rabbit/", 1).virtualHost()).isEqualTo("/");
    assertThat(settings("amqp://rabbit/shop", 1).virtualHost()).isEqualTo("shop");
  }

  @Test
  void settings_out_of_range_are_refused_and_never_show_the_password() {
    assertThatThrownBy(() -> settings("amqp://rabbit", 65))
        .hasMessage("partitions must be 1..64, was 65");
    assertThatThrownBy(() -> settings("amqp://user:secret@rabbit", 1))
        .hasMessage("uri must be amqp[s]://host[:port][/virtual-host] without credentials");
    assertThat(settings("amqp://rabbit/shop", 1)).hasToString("amqp://rabbit/shop as user");
  }
}
