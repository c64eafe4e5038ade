package dev.reserva.messaging.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.UnreadableMessages.Unreadable;
import dev.reserva.messaging.delivery.IntakeLoop;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.delivery.RelayLoop;
import dev.reserva.messaging.memory.Faults;
import dev.reserva.messaging.memory.MemoryBackbone;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.kafka.KafkaSettings.GroupProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Two logs in memory, and topics and a group of their own between them. */
final class KafkaWorld implements AutoCloseable {

  private static final Cause CAUSE = Cause.of("kafka");
  private static final Set<String> HEARD = Set.of(TestFacts.ADDED);
  private static final Set<String> TYPES =
      TestFacts.catalogue().types().stream().map(type -> type.name()).collect(Collectors.toSet());

  private final EventCatalogue catalogue = TestFacts.catalogue();
  private final MemoryBackbone publisher = backbone(1);
  private final MemoryBackbone consumer = backbone(2);
  private final String name = KafkaServer.freshName();
  private final UUID log = UUID.randomUUID();
  private final Admin admin = KafkaServer.admin();
  private final List<RelayLoop> relays = new ArrayList<>();
  private final List<IntakeLoop> intakes = new ArrayList<>();

  private MemoryBackbone backbone(int number) {
    return MemoryBackbone.joined(
        catalogue, TestFacts.announcer(), TestFacts.editPolicy(catalogue), number, number);
  }

  String group() {
    return name;
  }

  String topic() {
    return name + "-toy";
  }

  KafkaSettings settings(GroupProtocol protocol, int records) {
    return KafkaServer.settings(KafkaServer.node().bootstrapServers(), true, 3, protocol, records);
  }

  /** The topology of the consuming process. */
  KafkaTopology topology() {
    return topology(HEARD);
  }

  private KafkaTopology topology(Set<String> heard) {
    return new KafkaTopology(
        name, TYPES, heard, context -> new KafkaTopic(name + "-" + context, 3));
  }

  /** Kafka as the consuming process sees it. */
  KafkaBroker broker(KafkaSettings settings) {
    return new KafkaBroker(
        settings, topology(HEARD), _ -> false, new TestEnvelopes().contentType());
  }

  KafkaBroker consuming(GroupProtocol protocol) {
    return broker(settings(protocol, 10));
  }

  /** Kafka as the publishing process sees it. */
  Broker publishing(boolean createTopics) {
    return new KafkaBroker(
        KafkaServer.settings(
            KafkaServer.node().bootstrapServers(), createTopics, 3, GroupProtocol.CLASSIC, 10),
        topology(Set.of()),
        HEARD::contains,
        new TestEnvelopes().contentType());
  }

  RelayLoop relay(Broker broker) {
    RelayLoop relay =
        new RelayLoop(
            publisher.brokerParts(broker, log),
            publisher.process(Faults.NONE),
            new RateMeter(publisher.clock()::nanoTime));
    relays.add(relay);
    return relay;
  }

  /** The process of a relay dies without giving the log up; its lease ends. */
  void kill(RelayLoop relay) {
    relays.remove(relay);
    publisher.clock().elapse(Duration.ofMinutes(1));
  }

  /** Stops a relay in good order. */
  void end(RelayLoop relay) {
    relays.remove(relay);
    relay.stop();
    relay.run();
  }

  /** An operator sets the relay back. */
  void setRelayBack(long position) {
    publisher.transactions().run(tx -> publisher.cursors().rewind(tx, RelayLoop.NAME, position));
    relays.forEach(RelayLoop::reclaim);
  }

  IntakeLoop intake(Broker broker) {
    IntakeLoop intake =
        new IntakeLoop(
            name, consumer.brokerParts(broker, new UUID(7, 2)), consumer.process(Faults.NONE));
    intakes.add(intake);
    return intake;
  }

  /** Steps an intake no more. It has died. */
  void forget(IntakeLoop intake) {
    intakes.remove(intake);
  }

  /** Stops an intake in good order. */
  void end(IntakeLoop intake) {
    forget(intake);
    intake.stop();
    intake.run();
  }

  void publish(UUID key, long... numbers) {
    publisher
        .transactions()
        .run(tx -> LongStream.of(numbers).forEach(n -> tx.publish(new Added(key, n), CAUSE)));
  }

  void publish(Object fact) {
    publisher.transactions().run(tx -> tx.publish(fact, CAUSE));
  }

  List<Long> imported(UUID key) {
    return consumer.log().ofKey(key, 0, Integer.MAX_VALUE).stream()
        .map(
            entry -> catalogue.payload(entry.event()) instanceof Added added ? added.number() : -1L)
        .toList();
  }

  long importedInAll() {
    return consumer.log().end();
  }

  List<Unreadable> unreadable() {
    return consumer.inbox().list(null, 10);
  }

  /** Steps all loops until the condition holds. Time passes for pauses. */
  void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime() - deadline)
          .as(
              "relays: %s, intakes: %s",
              relays.stream().map(RelayLoop::lastError).toList(),
              intakes.stream().map(each -> each.lastError() + " " + each.counts()).toList())
          .isNegative();
      relays.forEach(RelayLoop::step);
      intakes.forEach(IntakeLoop::step);
      publisher.clock().elapse(Duration.ofMillis(10));
      Thread.sleep(1);
    }
  }

  private List<TopicPartition> partitions() {
    return IntStream.range(0, 3).mapToObj(i -> new TopicPartition(topic(), i)).toList();
  }

  private Map<TopicPartition, Long> ends() throws Exception {
    return admin
        .listOffsets(
            partitions().stream().collect(Collectors.toMap(each -> each, _ -> OffsetSpec.latest())))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
  }

  /** The partition of the only key. */
  TopicPartition partitionWithRecords() throws Exception {
    return ends().entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** The sum of the group's offsets. */
  long committed() throws Exception {
    return admin
        .listConsumerGroupOffsets(name)
        .partitionsToOffsetAndMetadata(name)
        .get()
        .values()
        .stream()
        .mapToLong(each -> each == null ? 0 : each.offset())
        .sum();
  }

  /** The group; empty while it has never had a member. */
  Collection<ConsumerGroupDescription> describeGroups() throws Exception {
    try {
      return admin.describeConsumerGroups(List.of(name)).all().get().values();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw e;
    }
  }

  /** How many members of the group have partitions. */
  long members() throws Exception {
    return describeGroups().stream()
        .flatMap(group -> group.members().stream())
        .filter(member -> !member.assignment().topicPartitions().isEmpty())
        .count();
  }

  String memberId() throws Exception {
    return describeGroups().iterator().next().members().iterator().next().consumerId();
  }

  /** The first records of a topic with one partition. */
  List<ConsumerRecord<byte[], byte[]>> read(String from, int count) {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (Consumer<byte[], byte[]> reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", KafkaServer.node().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition only = new TopicPartition(from, 0);
      reader.assign(List.of(only));
      reader.seekToBeginning(List.of(only));
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (read.size() < count) {
        assertThat(System.nanoTime() - deadline).as("records of %s", from).isNegative();
        reader.poll(Duration.ofMillis(200)).forEach(read::add);
      }
    }
    return read;
  }

  @Override
  public void close() {
    List.copyOf(intakes).forEach(this::end);
    relays.forEach(relay -> {
      relay.stop();
      relay.run();
    });
    admin.close(Duration.ofSeconds(1));
  }
}
