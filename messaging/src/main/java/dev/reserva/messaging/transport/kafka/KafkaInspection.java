package dev.reserva.messaging.transport.kafka;

import dev.reserva.messaging.TopologyInspection;
import dev.reserva.messaging.transport.kafka.KafkaTopic.Cleanup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Compares the topics of a cluster with the {@link KafkaTopology} of the process. Topics of dead
 * letters that a process on another database creates have its settings, so they only have to exist.
 */
final class KafkaInspection implements TopologyInspection {

  private final KafkaSettings settings;
  private final KafkaClients clients;
  private final KafkaTopics topics;
  private final SortedMap<String, KafkaTopic> own = new TreeMap<>();
  private final SortedMap<String, KafkaTopic> elsewhere = new TreeMap<>();

  /**
   * @param own topics that have to be as the settings say
   * @param elsewhere topics that others create
   */
  KafkaInspection(
      KafkaSettings settings,
      KafkaClients clients,
      KafkaTopics topics,
      Collection<KafkaTopic> own,
      Collection<KafkaTopic> elsewhere) {
    this.settings = settings;
    this.clients = clients;
    this.topics = topics;
    own.forEach(topic -> this.own.put(topic.name(), topic));
    elsewhere.forEach(topic -> this.elsewhere.put(topic.name(), topic));
    this.elsewhere.keySet().removeAll(this.own.keySet());
  }

  @Override
  public Report inspect() {
    try (Admin admin = clients.admin()) {
      return new Report(List.of(ownTopics(admin), topicsElsewhere(admin)), List.of());
    } catch (ExecutionException | KafkaException e) {
      throw KafkaFailures.unreachable(settings, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KafkaFailures.unreachable(settings, e);
    }
  }

  private Check ownTopics(Admin admin) throws ExecutionException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Map<String, TopicDescription> there = KafkaTopics.find(admin, own.values());
    Map<String, Config> configs = KafkaTopics.configs(admin, there.keySet());
    own.forEach((name, wanted) -> {
      TopicDescription description = there.get(name);
      Config config = configs.get(name);
      if (description == null || config == null) {
        findings.add(missing(name));
        return;
      }
      topics.faults(wanted, description).forEach(fault -> findings.add(finding(name, fault)));
      topics.faults(wanted, config).forEach(fault -> findings.add(finding(name, fault)));
      tooLow(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, settings.minInSync(), name, findings);
      if (wanted.cleanup() == Cleanup.DELETE) { // marks are small
        tooLow(
            config,
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            KafkaClients.MAX_DEAD_LETTER_BYTES,
            name,
            findings);
      }
    });
    return new Check("kafka.topics", own.size(), findings);
  }

  private Check topicsElsewhere(Admin admin) throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> there = KafkaTopics.find(admin, elsewhere.values());
    List<Finding> findings =
        elsewhere.keySet().stream()
            .filter(name -> !there.containsKey(name))
            .map(KafkaInspection::missing)
            .toList();
    return new Check("kafka.topics-elsewhere", elsewhere.size(), findings);
  }

  private static void tooLow(
      Config config, String property, long wanted, String topic, List<Finding> findings) {
    ConfigEntry entry = config.get(property);
    if (entry != null && Long.parseLong(entry.value()) < wanted) {
      findings.add(
          finding(
              topic,
              "%s is %s and must be at least %d: alter it with kafka-configs"
                  .formatted(property, entry.value(), wanted)));
    }
  }

  private static Finding missing(String topic) {
    return finding(
        topic, "does not exist; whoever needs it creates it when it connects, where it may");
  }

  private static Finding finding(String topic, String problem) {
    return new Finding("topic " + topic, problem);
  }
}
