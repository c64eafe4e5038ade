package dev.reserva.messaging.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class KafkaTopologyTest {

  private static final Set<String> TYPES =
      Set.of("sales.order.created", "sales.order.paid", "financial.payment.approved");

  private static KafkaTopology topology(Set<String> heard) {
    return new KafkaTopology(
        "inventory", TYPES, heard, context -> new KafkaTopic(context + "-events", 3));
  }

  @Test
  void a_group_subscribes_to_the_topics_of_the_types_that_it_hears() {
    KafkaTopology topology = topology(Set.of("sales.order.created"));

    assertThat(topology.queues()).containsExactly("inventory");
    assertThat(topology.subscribed()).containsExactly("sales-events");
    assertThat(topology.published())
        .containsExactly(new KafkaTopic("financial-events", 3), new KafkaTopic("sales-events", 3));
    assertThat(topology.consumed())
        .containsExactly(new KafkaTopic("sales-events", 3), new KafkaTopic("sales-events.dlt", 1));
  }

  @Test
  void a_process_that_hears_nothing_consumes_nothing() {
    assertThat(topology(Set.of()).queues()).isEmpty();
  }

  @Test
  void records_of_other_types_are_passed_over_and_those_without_a_type_are_not() {
    KafkaTopology topology = topology(Set.of("sales.order.created"));

    assertThat(topology.hears(typed("sales.order.created"))).isTrue();
    assertThat(topology.hears(typed("sales.order.paid"))).isFalse();
    assertThat(topology.hears(new RecordHeaders())).isTrue();
  }

  private static RecordHeaders typed(String type) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(KafkaTopology.TYPE, type.getBytes(StandardCharsets.UTF_8));
    return headers;
  }

  @Test
  void heard_types_must_be_known() {
    assertThatThrownBy(() -> topology(Set.of("sales.order.lost")))
        .hasMessage("heard types must be known, were [sales.order.lost]");
  }
}
