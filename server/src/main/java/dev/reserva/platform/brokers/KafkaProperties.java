package dev.reserva.platform.brokers;

import dev.reserva.messaging.transport.kafka.KafkaSecurity;
import dev.reserva.messaging.transport.kafka.KafkaSettings;
import dev.reserva.messaging.transport.kafka.KafkaSettings.GroupProtocol;
import dev.reserva.platform.settings.Allowed;
import dev.reserva.platform.settings.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.messaging.kafka.*}
 *
 * @param bootstrapServers {@code host:port} of some brokers
 * @param securityProtocol as Kafka names it, such as {@code sasl_ssl}
 * @param saslMechanism {@code plain}, {@code scram-sha-256} or {@code scram-sha-512}
 * @param username who connects with SASL
 * @param password of the user
 * @param truststore file of trusted certificates; those of the Java platform if it is absent
 * @param truststorePassword of this file
 * @param keystore file with a certificate and key of this process, if the brokers ask for one
 * @param keystorePassword of this file, or of the key in it
 * @param group name of the consumer group; the services of the process if it is empty
 * @param createTopics whether missing topics are created
 * @param partitions of each topic except {@code audit-logs}, which has one; 1..1,000
 * @param replication copies of each partition, 1..100
 * @param retention how long topics keep records, at least 1 h
 * @param groupProtocol {@code classic} or {@code consumer}
 * @param maxPollRecords most records that are taken at a time, 1..10,000
 */
@ConfigurationProperties("reserva.messaging.kafka")
public record KafkaProperties(
    @DefaultValue("localhost:9092") List<String> bootstrapServers,
    @DefaultValue("plaintext") KafkaSecurity.Protocol securityProtocol,
    @DefaultValue("scram-sha-512") KafkaSecurity.Mechanism saslMechanism,
    @DefaultValue("") String username,
    @Secret @DefaultValue("") String password,
    @Nullable String truststore,
    @Secret @DefaultValue("") String truststorePassword,
    @Nullable String keystore,
    @Secret @DefaultValue("") String keystorePassword,
    @DefaultValue("") String group,
    @DefaultValue("true") boolean createTopics,
    @DefaultValue("3") int partitions,
    @DefaultValue("1") int replication,
    @DefaultValue("7d") Duration retention,
    @DefaultValue("classic") GroupProtocol groupProtocol,
    @DefaultValue("500") int maxPollRecords) {

  private static final String PREFIX = "reserva.messaging.kafka.";

  public KafkaProperties {
    bootstrapServers = List.copyOf(bootstrapServers);
    Allowed.range(PREFIX + "partitions", partitions, 1, 1_000);
    Allowed.range(PREFIX + "replication", replication, 1, 100);
    Allowed.atLeast(PREFIX + "retention", retention, Duration.ofHours(1));
    Allowed.range(PREFIX + "max-poll-records", maxPollRecords, 1, 10_000);
  }

  /**
   * @param clientName shown by Kafka's tools
   * @param eventsRetention how long inboxes remember what they have imported
   * @throws IllegalArgumentException if something is not allowed
   */
  KafkaSettings settings(String clientName, Duration eventsRetention) {
    if (retention.compareTo(eventsRetention) > 0) {
      throw new IllegalArgumentException(
          ("%sretention must be at most reserva.events.retention, %s, was %s: a record that is read"
                  + " again later would take effect twice")
              .formatted(PREFIX, eventsRetention, retention));
    }
    try {
      return new KafkaSettings(
          bootstrapServers,
          new KafkaSecurity(
              securityProtocol,
              saslMechanism,
              username,
              password,
              readable("truststore", truststore),
              truststorePassword,
              readable("keystore", keystore),
              keystorePassword),
          clientName,
          createTopics,
          partitions,
          replication,
          retention,
          groupProtocol,
          maxPollRecords);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PREFIX + e.getMessage(), e);
    }
  }

  private static @Nullable Path readable(String property, @Nullable String file) {
    if (file == null || file.isBlank()) {
      return null;
    }
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException(
          "%s must be a file that can be read, was %s".formatted(property, file));
    }
    return path;
  }

  /**
   * The consumer group of a process, such as {@code financial-inventory}.
   *
   * @param services of the process
   */
  String groupOf(Set<String> services) {
    return group.isEmpty() ? String.join("-", new TreeSet<>(services)) : group;
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "%s by %s".formatted(String.join(",", bootstrapServers), securityProtocol);
  }
}
