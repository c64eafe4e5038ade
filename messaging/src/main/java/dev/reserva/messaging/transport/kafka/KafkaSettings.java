package dev.reserva.messaging.transport.kafka;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How to reach Kafka, and how its topics and the consumer group are.
 *
 * @param bootstrapServers such as {@code kafka-1:9092}; some brokers of the cluster
 * @param clientName shown by Kafka's tools
 * @param createTopics whether missing topics are created; if not, they have to be there
 * @param partitions of each topic that has several, 1..1,000
 * @param replication copies of each partition, 1..100. With 3 and more, two must have a record
 *     before it is confirmed
 * @param retention how long topics keep records, at least 1 h. Longer than a consumer is ever down,
 *     and no longer than the inboxes remember what they have imported
 * @param groupProtocol how the members of the consumer group share the partitions
 * @param maxPollRecords most records that a consumer takes from the client at a time, 1..10,000; it
 *     holds at most three times as many that are not handed out
 */
public record KafkaSettings(
    List<String> bootstrapServers,
    KafkaSecurity security,
    String clientName,
    boolean createTopics,
    int partitions,
    int replication,
    Duration retention,
    GroupProtocol groupProtocol,
    int maxPollRecords) {

  private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\s]+):\\d{1,5}");
  private static final Duration MIN_RETENTION = Duration.ofHours(1);

  /** Kafka's group protocols. */
  public enum GroupProtocol {
    /** The members agree among each other, cooperatively. Every broker knows it. */
    CLASSIC,
    /** The broker decides (KIP-848), and knows the time-outs. Brokers from 4.0 on know it. */
    CONSUMER
  }

  public KafkaSettings {
    bootstrapServers = List.copyOf(bootstrapServers);
    if (bootstrapServers.isEmpty()) {
      throw new IllegalArgumentException("bootstrap-servers must have at least one host:port");
    }
    for (String server : bootstrapServers) {
      if (!SERVER.matcher(server).matches()) {
        throw new IllegalArgumentException(
            "bootstrap-servers must be host:port, such as kafka-1:9092, was %s".formatted(server));
      }
    }
    requireBetween("partitions", partitions, 1, 1_000);
    requireBetween("replication", replication, 1, 100);
    requireBetween("maxPollRecords", maxPollRecords, 1, 10_000);
    if (retention.compareTo(MIN_RETENTION) < 0) {
      throw new IllegalArgumentException(
          "retention must be at least %s, was %s".formatted(MIN_RETENTION, retention));
    }
  }

  private static void requireBetween(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must be %d..%d, was %d".formatted(name, min, max, value));
    }
  }

  /** How many copies must have a record before it is confirmed. */
  int minInSync() {
    return replication >= 3 ? 2 : 1;
  }

  /** Without passwords. */
  @Override
  public String toString() {
    return "%s by %s".formatted(String.join(",", bootstrapServers), security);
  }
}
