package dev.reserva.messaging.transport.kafka;

import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.kafka.KafkaTopic.Cleanup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates topics that are missing, and checks those that are there. It changes no topic: other
 * partitions would change the order of events of a key, and other limits are the operator's.
 */
final class KafkaTopics {

  /** A topic has its leaders within a second of its creation. */
  private static final Duration CREATION_LIMIT = Duration.ofSeconds(10);

  private static final Duration CREATION_POLL = Duration.ofMillis(50);

  private final KafkaSettings settings;
  private final KafkaClients clients;

  KafkaTopics(KafkaSettings settings, KafkaClients clients) {
    this.settings = settings;
    this.clients = clients;
  }

  /**
   * Creates and checks topics.
   *
   * @return names of those that are not there, because they may not be created
   * @throws BrokerUnavailable when Kafka cannot be reached, or a topic has other properties; the
   *     message says what to do
   */
  Set<String> prepare(Collection<KafkaTopic> topics) {
    return asked(admin -> {
      Map<String, TopicDescription> found = find(admin, topics);
      List<KafkaTopic> missing =
          topics.stream().filter(topic -> !found.containsKey(topic.name())).toList();
      if (settings.createTopics() && !missing.isEmpty()) {
        create(admin, missing);
        found.putAll(awaitLeaders(admin, missing));
        missing = List.of();
      }
      check(admin, topics, found);
      return missing.stream().map(KafkaTopic::name).collect(Collectors.toCollection(TreeSet::new));
    });
  }

  /** The error about topics that have to be there. */
  BrokerUnavailable missing(Set<String> names) {
    return new BrokerUnavailable(
        "topics %s do not exist: create them, or let them be created"
            .formatted(String.join(", ", names)),
        new UnknownTopicOrPartitionException());
  }

  /** Those of the topics that are there, by name. */
  static Map<String, TopicDescription> find(Admin admin, Collection<KafkaTopic> topics)
      throws ExecutionException, InterruptedException {
    List<String> names = topics.stream().map(KafkaTopic::name).toList();
    Map<String, TopicDescription> found = new HashMap<>();
    for (var each : admin.describeTopics(names).topicNameValues().entrySet()) {
      get(each.getValue(), UnknownTopicOrPartitionException.class)
          .ifPresent(topic -> found.put(each.getKey(), topic));
    }
    return found;
  }

  private void create(Admin admin, List<KafkaTopic> missing)
      throws ExecutionException, InterruptedException {
    List<NewTopic> created = missing.stream().map(this::definition).toList();
    for (KafkaFuture<Void> each : admin.createTopics(created).values().values()) {
      get(each, TopicExistsException.class); // another process was first
    }
  }

  private NewTopic definition(KafkaTopic topic) {
    return new NewTopic(topic.name(), topic.partitions(), (short) settings.replication())
        .configs(
            Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(settings.retention().toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(KafkaClients.MAX_DEAD_LETTER_BYTES),
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(settings.minInSync()),
                TopicConfig.CLEANUP_POLICY_CONFIG,
                topic.cleanup().policy()));
  }

  /**
   * The ids of those of the topics that are there, by name. A topic that is created again has
   * another one.
   *
   * @throws BrokerUnavailable when Kafka cannot be reached
   */
  Map<String, String> ids(Collection<KafkaTopic> topics) {
    return asked(admin -> {
      Map<String, String> ids = new HashMap<>();
      find(admin, topics).forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
      return ids;
    });
  }

  /**
   * The offsets after the last records of those of the topics that are there.
   *
   * @throws BrokerUnavailable when Kafka cannot be reached
   */
  Map<TopicPartition, Long> ends(Collection<KafkaTopic> topics) {
    return asked(admin -> {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      find(admin, topics)
          .forEach((name, topic) ->
              topic
                  .partitions()
                  .forEach(each ->
                      latest.put(new TopicPartition(name, each.partition()), OffsetSpec.latest())));
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(latest)
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    });
  }

  private interface Question<A> {
    A ask(Admin admin) throws ExecutionException, InterruptedException;
  }

  private <A> A asked(Question<A> question) {
    try (Admin admin = clients.admin()) {
      return question.ask(admin);
    } catch (ExecutionException | KafkaException e) {
      throw KafkaFailures.unreachable(settings, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KafkaFailures.unreachable(settings, e);
    }
  }

  private static Map<String, TopicDescription> awaitLeaders(Admin admin, List<KafkaTopic> created)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + CREATION_LIMIT.toNanos();
    while (true) {
      Map<String, TopicDescription> found = find(admin, created);
      boolean complete =
          found.size() == created.size()
              && found.values().stream().allMatch(topic -> withoutLeader(topic).isEmpty());
      if (complete) {
        return found;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new BrokerUnavailable(
            "topics %s have no leader %d s after their creation"
                .formatted(
                    created.stream().map(KafkaTopic::name).toList(), CREATION_LIMIT.toSeconds()),
            new UnknownTopicOrPartitionException());
      }
      Thread.sleep(CREATION_POLL);
    }
  }

  private void check(
      Admin admin, Collection<KafkaTopic> topics, Map<String, TopicDescription> found)
      throws ExecutionException, InterruptedException {
    List<String> faults = new ArrayList<>();
    Map<String, Config> configs = configs(admin, found.keySet());
    for (KafkaTopic topic : topics) {
      TopicDescription there = found.get(topic.name());
      Config config = configs.get(topic.name());
      if (there != null && config != null) {
        faults.addAll(faults(topic, there));
        faults.addAll(faults(topic, config));
      }
    }
    if (!faults.isEmpty()) {
      throw new BrokerUnavailable(
          String.join("; ", faults), new IllegalStateException("topics differ from the settings"));
    }
  }

  /** The configurations of topics that are there, by name. */
  static Map<String, Config> configs(Admin admin, Collection<String> names)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<String, Config> configs = new HashMap<>();
    admin
        .describeConfigs(resources)
        .all()
        .get()
        .forEach((resource, config) -> configs.put(resource.name(), config));
    return configs;
  }

  /** How a topic differs from the settings; texts that name it. */
  List<String> faults(KafkaTopic wanted, TopicDescription there) {
    List<String> faults = new ArrayList<>();
    int partitions = there.partitions().size();
    if (partitions != wanted.partitions()) {
      faults.add(
          ("topic %s has %d partitions, not %d: restore the setting, or, when its consumers have"
                  + " read all and nobody publishes, delete it. It is not changed, because keys"
                  + " would change their partition and lose their order")
              .formatted(wanted.name(), partitions, wanted.partitions()));
    }
    int replication = there.partitions().getFirst().replicas().size();
    if (replication != settings.replication()) {
      faults.add(
          ("topic %s has %d copies of each partition, not %d: restore the setting, or reassign its"
                  + " partitions with kafka-reassign-partitions")
              .formatted(wanted.name(), replication, settings.replication()));
    }
    withoutLeader(there)
        .ifPresent(partition ->
            faults.add(
                "partition %d of topic %s has no leader: start its brokers %s"
                    .formatted(partition.partition(), wanted.name(), partition.replicas())));
    return faults;
  }

  /** How a topic's configuration loses events; texts that name it. */
  List<String> faults(KafkaTopic wanted, Config config) {
    String topic = wanted.name();
    List<String> faults = new ArrayList<>();
    ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (policy != null && !policy.value().equals(wanted.cleanup().policy())) {
      faults.add(
          "topic %s has cleanup.policy=%s, which loses %s: alter it to %s"
              .formatted(
                  topic,
                  policy.value(),
                  wanted.cleanup() == Cleanup.DELETE ? "events" : "marks",
                  wanted.cleanup().policy()));
    }
    ConfigEntry retention = config.get(TopicConfig.RETENTION_MS_CONFIG);
    if (retention != null && wanted.cleanup() == Cleanup.DELETE) {
      long millis = Long.parseLong(retention.value());
      if (millis >= 0 && millis < settings.retention().toMillis()) {
        faults.add(
            ("topic %s keeps records for %s, not %s: alter its retention.ms with kafka-configs, or"
                    + " lower the setting")
                .formatted(topic, Duration.ofMillis(millis), settings.retention()));
      }
    }
    return faults;
  }

  private static Optional<TopicPartitionInfo> withoutLeader(TopicDescription topic) {
    return topic.partitions().stream()
        .filter(partition -> partition.leader() == null || partition.leader().isEmpty())
        .findFirst();
  }

  /** A result; empty if it failed in this way. */
  private static <T> Optional<T> get(KafkaFuture<T> future, Class<? extends Exception> expected)
      throws ExecutionException, InterruptedException {
    try {
      return Optional.ofNullable(future.get());
    } catch (ExecutionException e) {
      if (expected.isInstance(e.getCause())) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
