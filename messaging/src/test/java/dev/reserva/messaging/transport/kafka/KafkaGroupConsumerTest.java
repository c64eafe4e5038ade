package dev.reserva.messaging.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.transport.BrokerConsumer.Received;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member of a group, step by step and without a broker. */
class KafkaGroupConsumerTest {

  private static final TopicPartition A = new TopicPartition("toy-events", 0);
  private static final TopicPartition B = new TopicPartition("toy-events", 1);

  /** Each look at the clock finds a second later. */
  private long now;

  private final MockConsumer<byte[], byte[]> client = new MockConsumer<>("none");
  private MockProducer<byte[], byte[]> deadLetters =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final KafkaGroupConsumer consumer =
      new KafkaGroupConsumer(
          client,
          new KafkaTopology(
              "group",
              Set.of("toy.added", "toy.noted"),
              Set.of("toy.added"),
              context -> new KafkaTopic(context + "-events", 2)),
          new KafkaDeadLetters(() -> deadLetters),
          new AssignedPartitions(3, 1_000),
          new Signal(),
          () -> now += 1_000_000_000L);

  @BeforeEach
  void join() {
    client.updateBeginningOffsets(Map.of(A, 0L, B, 0L));
    client.updateEndOffsets(Map.of(A, 10L, B, 0L));
    consumer.subscribe();
    client.rebalance(List.of(A, B));
    consumer.step(); // without offsets, it goes to the start of one partition after the other
    consumer.step();
  }

  private void add(TopicPartition partition, long offset, String type) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            offset,
            "key".getBytes(StandardCharsets.UTF_8),
            "body".getBytes(StandardCharsets.UTF_8));
    record.headers().add("type", type.getBytes(StandardCharsets.UTF_8));
    client.addRecord(record);
  }

  private long committed(TopicPartition partition) {
    OffsetAndMetadata offset = client.committed(Set.of(partition)).get(partition);
    return offset == null ? -1 : offset.offset();
  }

  @Test
  void a_partition_without_an_offset_is_read_from_its_start() {
    add(A, 0, "toy.added");

    consumer.step();

    assertThat(consumer.poll(10)).hasSize(1);
  }

  @Test
  void an_offset_is_committed_once_its_record_is_settled() {
    add(A, 0, "toy.added");
    add(A, 1, "toy.noted");
    consumer.step();
    List<Received> polled = consumer.poll(10);
    assertThat(polled).hasSize(1);
    assertThat(committed(A)).isZero();

    consumer.settle(polled, List.of());
    consumer.step();

    assertThat(committed(A)).isEqualTo(2);
  }

  @Test
  void while_enough_records_wait_the_partitions_are_paused_and_polls_go_on() {
    for (int offset = 0; offset < 3; offset++) {
      add(A, offset, "toy.added");
    }
    consumer.step();

    consumer.step();
    assertThat(client.paused()).containsExactlyInAnyOrder(A, B);
    assertThat(consumer.poll(10)).hasSize(3);
    consumer.step();
    assertThat(client.paused()).isEmpty();
  }

  @Test
  void what_is_settled_is_committed_before_the_partition_goes_to_another_member() {
    add(A, 0, "toy.added");
    add(A, 1, "toy.added");
    add(A, 2, "toy.added");
    consumer.step();
    List<Received> polled = consumer.poll(2);
    consumer.settle(polled.subList(0, 1), List.of());

    client.rebalance(List.of(B));

    client.rebalance(List.of(A, B));
    assertThat(committed(A)).isEqualTo(1);
    consumer.settle(polled.subList(1, 2), List.of()); // too late
    consumer.step();
    assertThat(committed(A)).isEqualTo(1);
  }

  @Test
  void an_unreadable_record_goes_to_the_dead_letter_topic_with_its_headers() {
    add(A, 4, "toy.added");
    consumer.step();
    List<Received> polled = consumer.poll(10);

    consumer.settle(polled, polled);
    consumer.step();

    assertThat(deadLetters.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> dead = deadLetters.history().getFirst();
    assertThat(dead.topic()).isEqualTo("toy-events.dlt");
    assertThat(dead.key()).asString(StandardCharsets.UTF_8).isEqualTo("key");
    assertThat(dead.value()).asString(StandardCharsets.UTF_8).isEqualTo("body");
    assertThat(dead.headers())
        .extracting(header -> header.key() + "=" + KafkaHeaders.text(header))
        .containsExactly(
            "type=toy.added",
            "reserva-dlt-topic=toy-events",
            "reserva-dlt-partition=0",
            "reserva-dlt-offset=4");
    assertThat(committed(A)).isEqualTo(5);
  }

  @Test
  void an_offset_is_not_committed_if_the_dead_letter_was_not_taken() {
    add(A, 4, "toy.added");
    consumer.step();
    List<Received> polled = consumer.poll(10);
    deadLetters.sendException = new TimeoutException("no leader");

    assertThatThrownBy(() -> consumer.settle(polled, polled)).isInstanceOf(BrokerUnavailable.class);
    consumer.step();

    assertThat(committed(A)).isEqualTo(4);
  }

  @Test
  void it_stops_where_records_are_gone_that_were_not_read() {
    client.setPollException(new OffsetOutOfRangeException(Map.of(A, 3L)));

    assertThatThrownBy(consumer::step)
        .hasMessageStartingWith("records of [toy-events-0] are gone that were not read")
        .hasMessageContaining("kafka-consumer-groups --reset-offsets");
  }

  @Test
  void its_lag_counts_what_is_not_settled() {
    add(A, 0, "toy.added");
    consumer.step();
    assertThat(consumer.lag()).hasValue(10);

    consumer.settle(consumer.poll(10), List.of());
    assertThat(consumer.lag()).hasValue(9);
  }

  @Test
  void a_client_that_fails_makes_the_consumer_unavailable() throws Exception {
    MockConsumer<byte[], byte[]> failing = new MockConsumer<>("none");
    failing.setPollException(new KafkaException("fenced"));
    Signal signal = new Signal();
    signal.await(Duration.ZERO); // it begins raised
    KafkaGroupConsumer started =
        new KafkaGroupConsumer(
            failing,
            new KafkaTopology("group", Set.of("a.b"), Set.of("a.b"), c -> new KafkaTopic(c, 1)),
            new KafkaDeadLetters(() -> deadLetters),
            new AssignedPartitions(3, 1_000),
            signal,
            System::nanoTime);
    started.start();

    signal.await(Duration.ofMinutes(1));

    assertThatThrownBy(() -> started.poll(1))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessage("Kafka's client has given up: fenced");
    started.close();
    assertThat(failing.closed()).isTrue();
  }
}
