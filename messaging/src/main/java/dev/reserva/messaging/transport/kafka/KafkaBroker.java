package dev.reserva.messaging.transport.kafka;

import dev.reserva.messaging.TopologyInspection;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.BrokerConsumer;
import dev.reserva.messaging.transport.BrokerPublisher;
import dev.reserva.messaging.transport.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Connects to Kafka. Each end begins with its topics, which are created, or checked if they are
 * there.
 */
public final class KafkaBroker implements Broker {

  private final KafkaSettings settings;
  private final KafkaTopology topology;
  private final Predicate<String> heardElsewhere;
  private final String contentType;
  private final KafkaClients clients;
  private final KafkaTopics topics;
  private final KafkaMarks marks;

  /**
   * @param heardElsewhere types that a service on another database consumes; such an event must
   *     have a topic
   * @param contentType media type of messages
   */
  public KafkaBroker(
      KafkaSettings settings,
      KafkaTopology topology,
      Predicate<String> heardElsewhere,
      String contentType) {
    this.settings = settings;
    this.topology = topology;
    this.heardElsewhere = heardElsewhere;
    this.contentType = contentType;
    this.clients = new KafkaClients(settings);
    this.topics = new KafkaTopics(settings, clients);
    this.marks = new KafkaMarks(settings, clients, topics, topology.published());
  }

  /**
   * Compares what Kafka has with what this process expects.
   *
   * @param elsewhere types that this process publishes and a service on another database consumes
   */
  public TopologyInspection inspection(Collection<String> elsewhere) {
    List<KafkaTopic> own = new ArrayList<>(topology.published());
    own.addAll(topology.consumed());
    own.add(KafkaMarks.TOPIC);
    return new KafkaInspection(settings, clients, topics, own, topology.deadLettersOf(elsewhere));
  }

  @Override
  public List<String> queues() {
    return topology.queues();
  }

  @Override
  public BrokerPublisher openPublisher(Signal changed) {
    List<KafkaTopic> needed = new ArrayList<>(topology.published());
    needed.add(KafkaMarks.TOPIC);
    Set<String> missing = topics.prepare(needed);
    if (missing.contains(KafkaMarks.TOPIC.name())) {
      throw topics.missing(Set.of(KafkaMarks.TOPIC.name()));
    }
    Set<String> ready =
        topology.published().stream()
            .map(KafkaTopic::name)
            .filter(topic -> !missing.contains(topic))
            .collect(Collectors.toSet());
    return new KafkaPublisher(
        clients.producer("publisher"),
        topology,
        ready,
        marks,
        new PartitionEnds(topics.ends(topology.published())),
        heardElsewhere,
        contentType,
        changed);
  }

  @Override
  public BrokerConsumer openConsumer(String queue, Signal arrived) {
    Set<String> missing = topics.prepare(topology.consumed());
    if (!missing.isEmpty()) {
      throw topics.missing(missing);
    }
    KafkaGroupConsumer consumer =
        new KafkaGroupConsumer(
            clients.consumer(queue),
            topology,
            new KafkaDeadLetters(() -> clients.producer("dead-letters")),
            new AssignedPartitions(
                2 * settings.maxPollRecords(), KafkaGroupConsumer.MAX_WAITING_BYTES),
            arrived,
            System::nanoTime);
    consumer.start();
    return consumer;
  }
}
