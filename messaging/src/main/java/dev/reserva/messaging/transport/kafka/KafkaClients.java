package dev.reserva.messaging.transport.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka's clients. All that they wait for has a limit. */
final class KafkaClients {

  /** Largest record, in bytes. A request of the API has 1 MiB at most. */
  static final int MAX_RECORD_BYTES = 4 << 20;

  /** A dead letter has a few headers more than the record that it was. */
  static final int MAX_DEAD_LETTER_BYTES = MAX_RECORD_BYTES + (64 << 10);

  /** An administrative call that takes longer has failed. */
  static final int ADMIN_MILLIS = 5_000;

  private static final int REQUEST_MILLIS = 10_000;

  /** The outcome of what is not confirmed by then is unknown, and it is sent again. */
  private static final int DELIVERY_MILLIS = 20_000;

  /** Longest wait of a send: for a topic's metadata, or for room among the records to be sent. */
  private static final int BLOCK_MILLIS = 2_000;

  private static final int RECONNECT_MILLIS = 1_000;

  /** A consumer notices by then that a topic was deleted and created again. */
  private static final int METADATA_MILLIS = 30_000;

  private static final int SESSION_MILLIS = 10_000;
  private static final int HEARTBEAT_MILLIS = 3_000;

  private final KafkaSettings settings;

  KafkaClients(KafkaSettings settings) {
    this.settings = settings;
  }

  Admin admin() {
    return made(() -> Admin.create(adminProperties()));
  }

  /**
   * @param purpose distinguishes it from other producers of this process
   */
  Producer<byte[], byte[]> producer(String purpose) {
    return made(() -> new KafkaProducer<>(producerProperties(purpose)));
  }

  Consumer<byte[], byte[]> consumer(String group) {
    return made(() -> new KafkaConsumer<>(consumerProperties(group)));
  }

  /** A consumer that is in no group, for topics that are read as a whole. */
  Consumer<byte[], byte[]> reader() {
    return made(() -> new KafkaConsumer<>(readerProperties()));
  }

  private <C> C made(Supplier<C> client) {
    try {
      return client.get();
    } catch (KafkaException e) {
      throw KafkaFailures.unreachable(settings, e);
    }
  }

  Map<String, Object> adminProperties() {
    Map<String, Object> properties = common("admin");
    withoutRebootstrap(properties);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_MILLIS);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_MILLIS);
    return properties;
  }

  Map<String, Object> producerProperties(String purpose) {
    Map<String, Object> properties = common(purpose);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Records gather while five requests are under way. To wait longer would delay each event of a
    // key.
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, KafkaPublisher.MAX_BYTES_IN_FLIGHT * 2L);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_DEAD_LETTER_BYTES);
    return properties;
  }

  private Map<String, Object> readerProperties() {
    Map<String, Object> properties = common("reader");
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // A consumer itself begins at the start, and stops where records are missing.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    withoutRebootstrap(properties);
    properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    return properties;
  }

  Map<String, Object> consumerProperties(String group) {
    Map<String, Object> properties = readerProperties();
    properties.putAll(common("consumer"));
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxPollRecords());
    switch (settings.groupProtocol()) {
      case CLASSIC -> {
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            List.of(CooperativeStickyAssignor.class));
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
      }
      // The client refuses the properties above: they are the group's, at the broker.
      case CONSUMER -> properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    }
    return properties;
  }

  /**
   * Lets a client ask the bootstrap servers once. With the default, some clients loop without a
   * pause while no broker is there (seen with 4.2.1: that of the new group protocol). Instead, new
   * clients are made after a while.
   */
  private static void withoutRebootstrap(Map<String, Object> properties) {
    properties.put(
        CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, MetadataRecoveryStrategy.NONE.name);
  }

  private Map<String, Object> common(String purpose) {
    Map<String, Object> properties = new HashMap<>(settings.security().properties());
    properties.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        String.join(",", settings.bootstrapServers()));
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.clientName() + "-" + purpose);
    properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS);
    properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, List.of()); // no JMX
    properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    return properties;
  }
}
