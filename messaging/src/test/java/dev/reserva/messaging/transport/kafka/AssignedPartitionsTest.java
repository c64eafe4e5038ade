package dev.reserva.messaging.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.transport.BrokerConsumer.Received;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which records are handed out, and which offsets may be committed. */
class AssignedPartitionsTest {

  private static final TopicPartition A = new TopicPartition("toy-events", 0);
  private static final TopicPartition B = new TopicPartition("toy-events", 1);

  private final AssignedPartitions partitions = new AssignedPartitions(3, 1_000);

  @BeforeEach
  void assign() {
    partitions.assigned(List.of(A, B));
  }

  private void add(TopicPartition partition, long offset, boolean wanted) {
    partitions.add(record(partition, offset), wanted);
  }

  private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
    return new ConsumerRecord<>(
        partition.topic(), partition.partition(), offset, new byte[0], new byte[] {1});
  }

  private Map<TopicPartition, Long> due() {
    return offsets(partitions.due());
  }

  private static Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetAndMetadata> due) {
    return due.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
  }

  @Test
  void records_are_handed_out_in_order_and_their_offsets_are_due_once_they_are_settled() {
    add(A, 5, true);
    add(A, 6, true);
    add(B, 9, true);
    List<Received> first = partitions.take(2);
    assertThat(first).extracting(each -> each.headers().get("offset")).containsExactly("5", "6");
    assertThat(due()).isEqualTo(Map.of(A, 5L, B, 9L));

    partitions.settled(first.subList(0, 1));
    assertThat(due()).isEqualTo(Map.of(A, 6L, B, 9L));
    partitions.settled(first.subList(1, 2));
    assertThat(due()).isEqualTo(Map.of(A, 7L, B, 9L));
    assertThat(partitions.unsettled()).isEqualTo(1);
    partitions.committed(partitions.due());
    assertThat(due()).isEmpty();
  }

  @Test
  void what_is_passed_over_is_due_up_to_the_first_record_that_is_not_settled() {
    add(A, 1, false);
    add(A, 2, true);
    add(A, 3, false);
    assertThat(due()).isEqualTo(Map.of(A, 2L));

    partitions.settled(partitions.take(10));

    assertThat(due()).isEqualTo(Map.of(A, 4L));
  }

  @Test
  void a_revoked_partition_takes_what_waits_along_and_leaves_what_is_due() {
    add(A, 1, true);
    add(A, 2, true);
    add(A, 3, true);
    add(B, 7, true);
    List<Received> handedOut = partitions.take(2);
    partitions.settled(handedOut.subList(0, 1));

    assertThat(offsets(partitions.revoked(List.of(A)))).isEqualTo(Map.of(A, 2L));

    assertThat(partitions.records(handedOut.subList(1, 2))).isEmpty();
    partitions.settled(handedOut.subList(1, 2)); // came too late, and changes nothing
    assertThat(due()).isEqualTo(Map.of(B, 7L));
    assertThat(partitions.take(10))
        .extracting(each -> each.headers().get("partition"))
        .containsExactly("1");
    add(A, 4, true); // polled before the revocation
    assertThat(partitions.take(10)).isEmpty();
  }

  @Test
  void a_partition_that_comes_back_begins_anew() {
    add(A, 1, true);
    List<Received> before = partitions.take(1);
    partitions.revoked(List.of(A));
    partitions.assigned(List.of(A));
    add(A, 1, true);

    partitions.settled(before);
    assertThat(due()).as("of the new assignment nothing is settled").isEqualTo(Map.of(A, 1L));
    partitions.settled(partitions.take(1));
    assertThat(due()).isEqualTo(Map.of(A, 2L));
  }

  @Test
  void it_is_full_with_enough_records_or_enough_bytes() {
    add(A, 1, true);
    add(A, 2, true);
    assertThat(partitions.isFull()).isFalse();
    add(A, 3, true);
    assertThat(partitions.isFull()).isTrue();
    partitions.take(1);
    assertThat(partitions.isFull()).isFalse();

    ConsumerRecord<byte[], byte[]> large =
        new ConsumerRecord<>(
            A.topic(),
            A.partition(),
            4,
            0,
            TimestampType.CREATE_TIME,
            0,
            1_000,
            new byte[0],
            new byte[1_000],
            new RecordHeaders(),
            Optional.empty());
    partitions.take(10);
    partitions.add(large, true);
    assertThat(partitions.isFull()).isTrue();
    partitions.revoked(List.of(A));
    assertThat(partitions.isFull()).isFalse();
  }

  @Test
  void only_the_oldest_messages_can_be_settled() {
    add(A, 1, true);
    add(A, 2, true);
    List<Received> both = partitions.take(2);

    assertThatThrownBy(() -> partitions.settled(both.subList(1, 2)))
        .hasMessage("message 2 is not the oldest one handed out");
  }
}
