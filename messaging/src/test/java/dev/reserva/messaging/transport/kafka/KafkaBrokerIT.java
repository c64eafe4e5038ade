package dev.reserva.messaging.transport.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.harness.Ports;
import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.TestFacts.Noted;
import dev.reserva.messaging.UnreadableMessages.Unreadable;
import dev.reserva.messaging.delivery.IntakeLoop;
import dev.reserva.messaging.delivery.LoopState;
import dev.reserva.messaging.delivery.RelayLoop;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.DyingBeforeSettle;
import dev.reserva.messaging.transport.Signal;
import dev.reserva.messaging.transport.kafka.KafkaSettings.GroupProtocol;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Kafka between two logs in memory: topics, groups and faults. */
class KafkaBrokerIT {

  private static final UUID KEY = new UUID(1, 1);

  private final KafkaWorld world = new KafkaWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private static List<UUID> keys(int count) {
    return LongStream.range(0, count).mapToObj(i -> new UUID(i, 31 * i)).toList();
  }

  private void allArriveInOrder(List<UUID> keys, int each) throws Exception {
    world.until(() -> keys.stream().allMatch(key -> world.imported(key).size() >= each));
    for (UUID key : keys) {
      assertThat(world.imported(key))
          .containsExactlyElementsOf(LongStream.range(0, each).boxed().toList());
    }
  }

  @Test
  void topics_are_created_with_their_partitions_and_limits() throws Exception {
    world.consuming(GroupProtocol.CLASSIC).openConsumer(world.group(), new Signal()).close();

    try (Admin admin = KafkaServer.admin()) {
      Map<String, TopicDescription> topics =
          admin
              .describeTopics(List.of(world.topic(), world.topic() + ".dlt"))
              .allTopicNames()
              .get();
      assertThat(requireNonNull(topics.get(world.topic())).partitions()).hasSize(3);
      assertThat(requireNonNull(topics.get(world.topic() + ".dlt")).partitions()).hasSize(1);
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, world.topic());
      var config =
          requireNonNull(admin.describeConfigs(List.of(resource)).all().get().get(resource));
      assertThat(config.get("retention.ms").value()).isEqualTo("86400000");
      assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
      assertThat(config.get("min.insync.replicas").value()).isEqualTo("1");
    }
  }

  @Test
  void a_topic_with_other_partitions_is_an_error_that_says_what_to_do_and_stays_as_it_is()
      throws Exception {
    try (Admin admin = KafkaServer.admin()) {
      admin.createTopics(List.of(new NewTopic(world.topic(), 2, (short) 1))).all().get();
      IntakeLoop intake = world.intake(world.consuming(GroupProtocol.CLASSIC));

      intake.step();

      assertThat(intake.state()).isEqualTo(LoopState.PROBING);
      assertThat(intake.lastError())
          .startsWith(
              "topic %s has 2 partitions, not 3: restore the setting".formatted(world.topic()))
          .contains("keys would change their partition");
      assertThat(
              requireNonNull(
                      admin
                          .describeTopics(List.of(world.topic()))
                          .allTopicNames()
                          .get()
                          .get(world.topic()))
                  .partitions())
          .hasSize(2);
      admin.createPartitions(Map.of(world.topic(), NewPartitions.increaseTo(3))).all().get();
      world.until(() -> intake.state() == LoopState.RUNNING);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cleanup.policy, compact, 'has cleanup.policy=compact, which loses events: alter it to delete'",
    "retention.ms, 3600000, 'keeps records for PT1H, not PT24H: alter its retention.ms'"
  })
  void a_topic_that_loses_events_is_an_error(String name, String value, String message)
      throws Exception {
    try (Admin admin = KafkaServer.admin()) {
      admin
          .createTopics(
              List.of(new NewTopic(world.topic(), 3, (short) 1).configs(Map.of(name, value))))
          .all()
          .get();
    }

    assertThatThrownBy(() -> world.publishing(true).openPublisher(new Signal()))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessageStartingWith("topic " + world.topic() + " " + message);
  }

  @Test
  void a_cluster_that_cannot_be_reached_is_an_error_that_names_it() throws Exception {
    String nobody = "127.0.0.1:" + Ports.free();
    Broker broker = world.broker(KafkaServer.settings(nobody, true, 3, GroupProtocol.CLASSIC, 1));

    assertThatThrownBy(() -> broker.openPublisher(new Signal()))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessageStartingWith("Kafka cannot be used at " + nobody + " by PLAINTEXT: ");
    assertThatThrownBy(() -> broker.openConsumer(world.group(), new Signal()))
        .isInstanceOf(BrokerUnavailable.class);
  }

  @Test
  void an_event_without_a_topic_stops_the_relay_and_is_delivered_once_it_has_one()
      throws Exception {
    RelayLoop relay = world.relay(world.publishing(false));
    world.publish(KEY, 0, 1);

    world.until(() -> relay.lastError() != null);

    assertThat(relay.state()).isEqualTo(LoopState.PROBING);
    assertThat(relay.lastError())
        .isEqualTo(
            "event type toy.counter.added has no topic: %s does not exist"
                .formatted(world.topic()));
    world.intake(world.consuming(GroupProtocol.CLASSIC)); // creates it
    allArriveInOrder(List.of(KEY), 2);
    assertThat(relay.lastError()).isNull();
  }

  @Test
  void an_event_that_nobody_hears_needs_no_topic() throws Exception {
    RelayLoop relay = world.relay(world.publishing(false));
    world.publish(new Noted(KEY, "unheard"));

    world.until(() -> relay.position() == 1);

    assertThat(relay.lastError()).isNull();
  }

  @Test
  void a_consumer_of_topics_that_may_not_be_created_names_them() {
    Broker broker =
        world.broker(
            KafkaServer.settings(
                KafkaServer.node().bootstrapServers(), false, 3, GroupProtocol.CLASSIC, 1));

    assertThatThrownBy(() -> broker.openConsumer(world.group(), new Signal()))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessage(
            "topics %1$s, %1$s.dlt do not exist: create them, or let them be created"
                .formatted(world.topic()));
  }

  @Test
  void types_that_are_not_heard_are_passed_over() throws Exception {
    world.relay(world.publishing(true));
    IntakeLoop intake = world.intake(world.consuming(GroupProtocol.CLASSIC));
    world.publish(new Noted(KEY, "unheard"));
    world.publish(KEY, 0);

    allArriveInOrder(List.of(KEY), 1);

    assertThat(intake.counts()).isEqualTo(new IntakeLoop.Counts(1, 0, 0));
    world.until(() -> intake.lag().orElse(-1) == 0);
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void after_the_broker_was_killed_each_event_takes_effect_once_and_in_order(GroupProtocol protocol)
      throws Exception {
    List<UUID> keys = keys(20);
    RelayLoop relay = world.relay(world.publishing(true));
    IntakeLoop intake = world.intake(world.consuming(protocol));
    keys.forEach(key -> world.publish(key, 0, 1));
    allArriveInOrder(keys, 2);
    keys.forEach(key -> world.publish(key, 2, 3, 4));
    relay.step(); // some are in flight

    String member = world.memberId();
    KafkaServer.node().kill();
    try {
      world.until(() -> intake.state() == LoopState.PROBING);
      assertThat(intake.lastError()).isEqualTo("no broker of Kafka was connected for 5 s");
      keys.forEach(key -> world.publish(key, 5));
    } finally {
      KafkaServer.node().start();
    }

    allArriveInOrder(keys, 6);
    world.until(() -> relay.position() == 120 && relay.state() == LoopState.RUNNING);
    world.until(() -> intake.state() == LoopState.RUNNING && intake.lag().orElse(-1) == 0);
    assertThat(world.memberId()).as("it has joined the group once").isEqualTo(member);
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void members_of_a_group_share_the_partitions_and_lose_nothing_when_they_come_and_go(
      GroupProtocol protocol) throws Exception {
    List<UUID> keys = keys(30);
    world.relay(world.publishing(true));
    IntakeLoop first = world.intake(world.consuming(protocol));
    keys.forEach(key -> world.publish(key, 0, 1));
    world.until(() -> first.counts().imported() > 0);

    IntakeLoop second = world.intake(world.consuming(protocol));
    keys.forEach(key -> world.publish(key, 2, 3));
    world.until(() -> world.members() == 2);
    keys.forEach(key -> world.publish(key, 4, 5));
    world.until(() -> second.counts().imported() > 0 && world.importedInAll() == 180);
    long beforeTheEnd = second.counts().imported();
    keys.forEach(key -> world.publish(key, 6));
    world.end(first);
    keys.forEach(key -> world.publish(key, 7));

    allArriveInOrder(keys, 8);
    assertThat(second.counts().imported()).isGreaterThan(beforeTheEnd);
    world.until(() -> world.members() == 1);
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void a_member_that_handles_slowly_keeps_its_partitions_and_holds_few_records(
      GroupProtocol protocol) throws Exception {
    List<UUID> keys = keys(100);
    RelayLoop relay = world.relay(world.publishing(true));
    keys.forEach(key -> world.publish(key, 0, 1, 2, 3, 4));
    world.until(() -> relay.position() == 500);
    int records = 10;
    KafkaClients clients = new KafkaClients(world.settings(protocol, records));
    Map<String, Object> properties = clients.consumerProperties(world.group());
    // Who does not poll for a second leaves the group.
    properties.put("max.poll.interval.ms", 1_000);
    if (protocol == GroupProtocol.CLASSIC) {
      properties.put("session.timeout.ms", 6_000);
      properties.put("heartbeat.interval.ms", 200);
    }
    KafkaGroupConsumer consumer =
        new KafkaGroupConsumer(
            new KafkaConsumer<>(properties),
            world.topology(),
            new KafkaDeadLetters(() -> clients.producer("dead-letters")),
            new AssignedPartitions(2 * records, 1 << 20),
            new Signal(),
            System::nanoTime);
    consumer.start();
    try {
      world.until(() -> world.members() == 1 && consumer.lag().orElse(0) == 500);
      String member = world.memberId();

      Thread.sleep(4_000); // four times as long as a member may be silent

      assertThat(world.memberId()).isEqualTo(member);
      assertThat(consumer.unsettled()).isBetween(2L * records, 3L * records);
      int[] received = {0};
      world.until(() -> {
        var polled = consumer.poll(50);
        received[0] += polled.size();
        consumer.settle(polled, List.of());
        return received[0] >= 500;
      });
      assertThat(received[0]).as("each once").isEqualTo(500);
      world.until(() -> world.committed() == 500);
    } finally {
      consumer.close();
    }
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void what_a_consumer_leaves_unsettled_takes_effect_once(GroupProtocol protocol) throws Exception {
    world.relay(world.publishing(true));
    world.publish(KEY, 0, 1, 2);
    IntakeLoop dying = world.intake(new DyingBeforeSettle(world.consuming(protocol)));
    world.until(() -> world.imported(KEY).size() == 3);
    world.forget(dying);
    IntakeLoop next = world.intake(world.consuming(protocol));
    world.publish(KEY, 3);

    world.until(() -> world.imported(KEY).size() == 4 && next.counts().repeated() == 3);

    allArriveInOrder(List.of(KEY), 4);
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void an_unreadable_record_is_recorded_and_goes_to_the_dead_letter_topic(GroupProtocol protocol)
      throws Exception {
    world.relay(world.publishing(true)).step(); // creates the topic
    byte[] body = "no event".getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> foreign =
        new ProducerRecord<>(world.topic(), "key".getBytes(UTF_8), body);
    foreign.headers().add("agent", "foreign".getBytes(UTF_8));
    try (Producer<byte[], byte[]> producer =
        new KafkaClients(world.settings(protocol, 10)).producer("foreign")) {
      producer.send(foreign).get();
      producer.send(new ProducerRecord<>(world.topic(), null, null)).get();
    }
    world.publish(KEY, 0);
    IntakeLoop intake = world.intake(world.consuming(protocol));

    world.until(() -> intake.counts().unreadable() == 2 && world.imported(KEY).size() == 1);

    List<Unreadable> recorded = world.unreadable();
    assertThat(recorded)
        .extracting(Unreadable::body)
        .containsExactlyInAnyOrder(Bytes.of(body), Bytes.of(new byte[0]));
    assertThat(recorded)
        .anySatisfy(each -> assertThat(each.headers()).contains("agent", "foreign", world.topic()));
    List<ConsumerRecord<byte[], byte[]>> dead = world.read(world.topic() + ".dlt", 2);
    assertThat(dead)
        .anySatisfy(each -> {
          assertThat(each.key()).isEqualTo("key".getBytes(UTF_8));
          assertThat(each.value()).isEqualTo(body);
          assertThat(KafkaHeaders.texts(each))
              .containsEntry("agent", "foreign")
              .containsEntry("reserva-dlt-topic", world.topic());
        })
        .anySatisfy(each -> assertThat(each.value()).isNull());
    world.until(() -> world.committed() == 3);
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void records_that_are_gone_unread_stop_the_intake_until_an_operator_decides(
      GroupProtocol protocol) throws Exception {
    RelayLoop relay = world.relay(world.publishing(true));
    IntakeLoop intake = world.intake(world.consuming(protocol));
    world.publish(KEY, 0);
    world.until(() -> world.imported(KEY).size() == 1 && world.committed() == 1);
    world.end(intake);
    world.publish(KEY, 1, 2, 3);
    world.until(() -> relay.position() == 4);
    try (Admin admin = KafkaServer.admin()) {
      TopicPartition partition = world.partitionWithRecords();
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(3))).all().get();
      IntakeLoop next = world.intake(world.consuming(protocol));

      world.until(() -> next.state() == LoopState.PROBING);

      assertThat(next.lastError())
          .contains("records of [%s] are gone that were not read".formatted(partition));
      assertThat(world.imported(KEY)).containsExactly(0L);
      world.until(() -> world.members() == 0);
      admin
          .alterConsumerGroupOffsets(world.group(), Map.of(partition, new OffsetAndMetadata(3)))
          .all()
          .get();
      world.until(() -> world.imported(KEY).size() == 2);
      assertThat(world.imported(KEY)).containsExactly(0L, 3L);
    }
  }

  @Test
  void members_that_agree_on_their_protocol_are_one_group() throws Exception {
    world.intake(world.consuming(GroupProtocol.CONSUMER));
    world.until(() -> world.members() == 1);

    Collection<ConsumerGroupDescription> groups = world.describeGroups();

    assertThat(groups)
        .singleElement()
        .satisfies(group -> assertThat(group.type()).hasToString("Consumer"));
  }
}
