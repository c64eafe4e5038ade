package dev.reserva.messaging.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.transport.BrokerMessage;
import dev.reserva.messaging.transport.BrokerPublisher.Outcome;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What the publisher makes of the producer's answers, without a broker. */
class KafkaPublisherTest {

  private static final UUID LOG = new UUID(7, 7);
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

  /** Topics that are there; the publisher asks for those that are doubtful. */
  private final Set<String> there = new HashSet<>(Set.of("toy-events"));

  private final List<String> asked = new ArrayList<>();

  private final KafkaPublisher publisher =
      new KafkaPublisher(
          producer,
          new KafkaTopology(
              "toy",
              Set.of("toy.added", "tool.used"),
              Set.of(),
              context -> new KafkaTopic(context + "-events", 3)),
          Set.of("toy-events"),
          new PublishedTopics() {
            @Override
            public boolean isThere(KafkaTopic topic, UUID log) {
              asked.add(topic.name());
              return there.contains(topic.name());
            }

            @Override
            public boolean remembers(UUID log) {
              return true;
            }

            @Override
            public void remember(UUID log) {}
          },
          new PartitionEnds(Map.of()),
          type -> type.startsWith("toy."),
          "application/cloudevents+json",
          new Signal());

  private void send(long number, String type, int length) {
    UUID id = new UUID(0, number);
    Event event = new Event(id, type, id, id, Instant.EPOCH, "test", null, TRACE, null, "{}");
    publisher.send(number, new BrokerMessage(event, LOG, Bytes.of(new byte[length])));
  }

  @Test
  void a_record_has_the_key_of_its_event_and_headers_for_those_who_do_not_read_it() {
    send(11, "toy.added", 5);

    ProducerRecord<byte[], byte[]> record = producer.history().getFirst();
    UUID key = new UUID(0, 11);
    assertThat(record.topic()).isEqualTo("toy-events");
    assertThat(record.partition()).as("by the key").isNull();
    assertThat(record.key()).isEqualTo(key.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(record.value()).hasSize(5);
    assertThat(record.headers())
        .extracting(header -> header.key() + "=" + KafkaHeaders.text(header))
        .containsExactly(
            "content-type=application/cloudevents+json",
            "type=toy.added",
            "reserva-log=" + LOG,
            "partitionkey=" + key,
            "traceparent=" + TRACE);
  }

  @Test
  void outcomes_come_in_the_order_of_the_answers() {
    send(11, "toy.added", 1);
    send(12, "toy.added", 1);
    send(13, "toy.added", 1);

    producer.completeNext();
    producer.errorNext(new TimeoutException("20 s have passed"));
    producer.completeNext();

    assertThat(publisher.outcomes())
        .containsExactly(
            new Outcome.Confirmed(11), new Outcome.Rejected(12), new Outcome.Confirmed(13));
    assertThat(publisher.outcomes()).isEmpty();
  }

  @Test
  void a_topic_is_checked_before_the_next_record_when_one_has_failed() {
    send(11, "toy.added", 1);
    assertThat(asked).isEmpty();
    producer.errorNext(new RecordTooLargeException("too large"));
    send(11, "toy.added", 1);
    send(12, "toy.added", 1);

    assertThat(asked).containsExactly("toy-events");
    assertThat(producer.history()).hasSize(3);
  }

  private static RecordMetadata record(TopicPartition partition, long offset) {
    return new RecordMetadata(partition, offset, 0, 0, 0, 0);
  }

  @Test
  void a_partition_that_is_shorter_than_before_is_noticed() {
    TopicPartition only = new TopicPartition("toy-events", 0);
    PartitionEnds ends = new PartitionEnds(Map.of(only, 7L));

    assertThat(ends.isBehindAll(record(only, 7))).isTrue();
    assertThat(ends.isBehindAll(record(only, 9))).isTrue();
    assertThat(ends.isBehindAll(record(only, -1))).as("the broker does not tell").isTrue();
    assertThat(ends.isBehindAll(record(only, 9))).isFalse();
    assertThat(ends.isBehindAll(record(new TopicPartition("toy-events", 1), 0))).isTrue();
  }

  @Test
  void an_event_that_somebody_hears_needs_a_topic_and_another_one_does_not() {
    send(11, "toy.added", 1);
    producer.errorNext(new TimeoutException("topic not present in metadata"));
    there.clear();
    send(11, "toy.added", 1);
    send(12, "tool.used", 1);

    assertThat(publisher.outcomes())
        .containsExactly(
            new Outcome.Rejected(11),
            new Outcome.Unroutable(
                11, "event type toy.added has no topic: toy-events does not exist"),
            new Outcome.Confirmed(12));
    assertThat(producer.history()).hasSize(1);
    there.add("toy-events");
    send(11, "toy.added", 1);
    producer.completeNext();
    assertThat(publisher.outcomes()).containsExactly(new Outcome.Confirmed(11));
  }

  @Test
  void it_is_blocked_while_too_many_bytes_are_in_flight() {
    send(11, "toy.added", KafkaPublisher.MAX_BYTES_IN_FLIGHT - 1);
    assertThat(publisher.blocked()).isEmpty();
    send(12, "toy.added", 1);

    assertThat(publisher.blocked())
        .contains("Kafka has not confirmed 33554432 bytes of events yet");
    producer.completeNext();
    assertThat(publisher.blocked()).isEmpty();
  }

  @Test
  void a_failure_that_concerns_all_events_refuses_more_and_keeps_earlier_outcomes() {
    send(11, "toy.added", 1);
    send(12, "toy.added", 1);
    producer.completeNext();
    producer.errorNext(new TopicAuthorizationException(Set.of("toy-events")));

    assertThatThrownBy(() -> send(13, "toy.added", 1)).isInstanceOf(BrokerUnavailable.class);
    assertThatThrownBy(publisher::blocked)
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessage("Kafka's client has given up: Not authorized to access topics: [toy-events]");
    assertThat(publisher.outcomes()).containsExactly(new Outcome.Confirmed(11));
  }

  @Test
  void a_send_that_throws_is_such_a_failure() {
    producer.sendException = new KafkaException("the producer is closed");

    assertThatThrownBy(() -> send(11, "toy.added", 1))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessageEndingWith("the producer is closed");
    assertThatThrownBy(publisher::blocked).isInstanceOf(BrokerUnavailable.class);
  }
}
