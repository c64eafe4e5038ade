package dev.reserva.messaging.transport.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Notices that a partition has become shorter, which says that its records are lost: its topic was
 * deleted and created again, or its leader had not all of them. The client goes on without a word.
 */
final class PartitionEnds {

  private final Map<TopicPartition, Long> ends;

  /**
   * @param ends offsets after the last record; a partition that is missing is not watched until its
   *     first record
   */
  PartitionEnds(Map<TopicPartition, Long> ends) {
    this.ends = new ConcurrentHashMap<>(ends);
  }

  /** Whether a record stands behind all that were in its partition. Each comes once, in order. */
  boolean isBehindAll(RecordMetadata record) {
    if (!record.hasOffset()) {
      return true; // the broker does not tell
    }
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Long end = ends.get(partition);
    if (end != null && record.offset() < end) {
      return false;
    }
    ends.put(partition, record.offset() + 1);
    return true;
  }
}
