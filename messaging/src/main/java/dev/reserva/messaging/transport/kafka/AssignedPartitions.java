package dev.reserva.messaging.transport.kafka;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.transport.BrokerConsumer.Received;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that a consumer has, and their records from the poll until they are settled.
 *
 * <ul>
 *   <li>A record waits, is handed out, and is settled; one that is passed over is settled at once.
 *   <li>The offset of a partition that may be committed is that of its first record which is not
 *       settled.
 *   <li>A partition that is revoked takes its records along: those that wait are dropped, and
 *       settling those that are handed out changes nothing, because the partition's next owner gets
 *       them again.
 * </ul>
 *
 * <p>Two threads use it: that of the client, and that of the intake.
 */
final class AssignedPartitions {

  private static final byte[] NOTHING = {};

  private final int maxWaiting;
  private final long maxBytes;
  private final Map<TopicPartition, Progress> partitions = new HashMap<>();
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Deque<Entry> handedOut = new ArrayDeque<>();
  private long waitingBytes;
  private long lastTag;

  /** A partition from its assignment to its revocation. */
  private static final class Progress {
    /** Offsets of records that are not settled, ascending. */
    private final Deque<Long> unsettled = new ArrayDeque<>();

    /** The offset after the last record; -1 if there was none. */
    private long next = -1;

    private long committed = -1;
    private boolean revoked;

    long settled() {
      Long first = unsettled.peekFirst();
      return first == null ? next : first;
    }
  }

  private record Entry(
      long tag, ConsumerRecord<byte[], byte[]> record, long bytes, Progress progress) {}

  /**
   * @param maxWaiting with as many records waiting, it is full
   * @param maxBytes with as many bytes waiting, too
   */
  AssignedPartitions(int maxWaiting, long maxBytes) {
    this.maxWaiting = maxWaiting;
    this.maxBytes = maxBytes;
  }

  synchronized void assigned(Collection<TopicPartition> added) {
    added.forEach(partition -> {
      Progress before = partitions.put(partition, new Progress());
      if (before != null) {
        drop(Set.of(before));
      }
    });
  }

  /**
   * Gives partitions back.
   *
   * @return what of them may be committed and was not
   */
  synchronized Map<TopicPartition, OffsetAndMetadata> revoked(Collection<TopicPartition> removed) {
    Map<TopicPartition, OffsetAndMetadata> due = due();
    due.keySet().retainAll(Set.copyOf(removed));
    Set<Progress> ended = new HashSet<>();
    for (TopicPartition partition : removed) {
      Progress progress = partitions.remove(partition);
      if (progress != null) {
        ended.add(progress);
      }
    }
    drop(ended);
    return due;
  }

  private void drop(Set<Progress> ended) {
    ended.forEach(progress -> progress.revoked = true);
    waiting.removeIf(entry -> entry.progress().revoked);
    waitingBytes = waiting.stream().mapToLong(Entry::bytes).sum();
  }

  /**
   * Adds a record that was polled. Those of each partition come in order.
   *
   * @param wanted whether it is to be handed out
   */
  synchronized void add(ConsumerRecord<byte[], byte[]> record, boolean wanted) {
    Progress progress = partitions.get(new TopicPartition(record.topic(), record.partition()));
    if (progress == null) {
      return; // revoked meanwhile
    }
    progress.next = record.offset() + 1;
    if (wanted) {
      progress.unsettled.addLast(record.offset());
      long bytes = Math.max(0, record.serializedValueSize());
      waiting.addLast(new Entry(++lastTag, record, bytes, progress));
      waitingBytes += bytes;
    }
  }

  /** Whether no more should be polled for now. */
  synchronized boolean isFull() {
    return waiting.size() >= maxWaiting || waitingBytes >= maxBytes;
  }

  /** Hands out the oldest records that wait. */
  synchronized List<Received> take(int max) {
    List<Received> taken = new ArrayList<>();
    while (taken.size() < max && !waiting.isEmpty()) {
      Entry entry = waiting.removeFirst();
      waitingBytes -= entry.bytes();
      handedOut.addLast(entry);
      byte[] value = entry.record().value();
      taken.add(
          new Received(
              entry.tag(),
              Bytes.of(value == null ? NOTHING : value),
              KafkaHeaders.texts(entry.record())));
    }
    return taken;
  }

  /** The records of messages that are handed out. Without those of revoked partitions. */
  synchronized List<ConsumerRecord<byte[], byte[]>> records(List<Received> messages) {
    Set<Long> tags = messages.stream().map(Received::tag).collect(Collectors.toSet());
    return handedOut.stream()
        .filter(entry -> tags.contains(entry.tag()) && !entry.progress().revoked)
        .<ConsumerRecord<byte[], byte[]>>map(Entry::record)
        .toList();
  }

  /** The oldest messages that were handed out have taken effect. */
  synchronized void settled(List<Received> messages) {
    for (Received message : messages) {
      Entry entry = handedOut.peekFirst();
      if (entry == null || entry.tag() != message.tag()) {
        throw new IllegalStateException(
            "message %d is not the oldest one handed out".formatted(message.tag()));
      }
      handedOut.removeFirst();
      entry.progress().unsettled.removeFirst();
    }
  }

  /** What may be committed and was not. */
  synchronized Map<TopicPartition, OffsetAndMetadata> due() {
    Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
    partitions.forEach((partition, progress) -> {
      long settled = progress.settled();
      if (settled > progress.committed) {
        due.put(partition, new OffsetAndMetadata(settled));
      }
    });
    return due;
  }

  synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach((partition, offset) -> {
      Progress progress = partitions.get(partition);
      if (progress != null) {
        progress.committed = Math.max(progress.committed, offset.offset());
      }
    });
  }

  /** How many records are polled and not settled. */
  synchronized long unsettled() {
    return partitions.values().stream().mapToLong(each -> each.unsettled.size()).sum();
  }
}
