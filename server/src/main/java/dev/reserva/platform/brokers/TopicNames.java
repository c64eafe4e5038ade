package dev.reserva.platform.brokers;

import dev.reserva.messaging.transport.kafka.KafkaTopic;
import java.util.Map;

/** The topics of Kafka by the context that publishes to them. */
final class TopicNames {

  private static final Map<String, String> NAMES =
      Map.of(
          "sales", "order-events",
          "inventory", "inventory-events",
          "financial", "payment-events",
          "logistics", "shipment-events",
          "customers", "user-events",
          "notifications", "notification-events",
          "operations", "audit-logs");

  private static final String IN_ONE_PARTITION = "audit-logs";

  private TopicNames() {}

  /**
   * The topic of a context. One that is not known yet has a topic of its name.
   *
   * @param partitions of the topics that have several
   */
  static KafkaTopic of(String context, int partitions) {
    String name = NAMES.getOrDefault(context, context + "-events");
    return new KafkaTopic(name, name.equals(IN_ONE_PARTITION) ? 1 : partitions);
  }
}
