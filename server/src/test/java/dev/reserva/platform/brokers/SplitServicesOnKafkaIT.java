package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.harness.broker.KafkaNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link SplitServicesContract} with Kafka. */
class SplitServicesOnKafkaIT extends SplitServicesContract {

  @TempDir private static Path folder;
  private @Nullable KafkaNode kafka;

  @Override
  List<String> startBroker() throws Exception {
    KafkaNode started = KafkaNode.start(folder);
    kafka = started;
    return List.of(
        "reserva.messaging.transport=kafka",
        "reserva.messaging.kafka.bootstrap-servers=" + started.bootstrapServers(),
        "reserva.messaging.kafka.partitions=2",
        "reserva.messaging.kafka.retention=2d",
        "reserva.messaging.kafka.group-protocol=consumer");
  }

  @Override
  void stopBroker() {
    Objects.requireNonNull(kafka).close();
  }

  @Test
  @EffectOf("reserva.messaging.kafka.bootstrap-servers")
  void orders_are_confirmed_across_both_and_take_effect_once_when_all_is_sent_again() {
    confirmOrdersAndSendAllAgain();
  }

  @Test
  @EffectOf({
    "reserva.messaging.kafka.partitions",
    "reserva.messaging.kafka.retention",
    "reserva.messaging.kafka.group-protocol"
  })
  void topics_and_groups_are_as_configured() throws Exception {
    String servers = Objects.requireNonNull(kafka).bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      Map<String, TopicDescription> topics =
          admin
              .describeTopics(List.of("order-events", "payment-events", "audit-logs"))
              .allTopicNames()
              .get();
      assertThat(Objects.requireNonNull(topics.get("order-events")).partitions()).hasSize(2);
      assertThat(Objects.requireNonNull(topics.get("audit-logs")).partitions()).hasSize(1);
      ConfigResource orders = new ConfigResource(ConfigResource.Type.TOPIC, "order-events");
      assertThat(
              Objects.requireNonNull(admin.describeConfigs(List.of(orders)).all().get().get(orders))
                  .get("retention.ms")
                  .value())
          .isEqualTo("172800000");
      Map<String, ConsumerGroupDescription> groups =
          admin
              .describeConsumerGroups(
                  Set.of(
                      "financial-inventory-logistics", "customers-notifications-operations-sales"))
              .all()
              .get();
      assertThat(groups.values())
          .allSatisfy(group -> {
            assertThat(group.type()).hasToString("Consumer");
            assertThat(group.members()).hasSize(1);
          });
    }
  }

  @Test
  void no_difference_is_found_in_the_topology_of_both() {
    findNoDifferenceInTheTopology();
  }
}
