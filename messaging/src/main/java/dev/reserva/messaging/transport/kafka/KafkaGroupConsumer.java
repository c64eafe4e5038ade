package dev.reserva.messaging.transport.kafka;

import dev.reserva.messaging.transport.BrokerConsumer;
import dev.reserva.messaging.transport.Signal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a consumer group.
 *
 * <ul>
 *   <li>A thread of its own polls the client, so the group keeps this member however long the
 *       handling takes. While enough records wait, the partitions are paused.
 *   <li>Offsets are committed after the records are settled, and before a partition is given to
 *       another member. A failed commit is tried again; what is delivered twice, the inbox knows.
 *   <li>A partition without a committed offset is read from its start. If records are gone that
 *       were not read, the consumer stops: to go on would lose events silently.
 * </ul>
 */
final class KafkaGroupConsumer implements BrokerConsumer {

  static final long MAX_WAITING_BYTES = 32L << 20;

  private static final Duration POLL = Duration.ofMillis(100);

  /** While partitions are paused, so that they go on soon after there is room. */
  private static final Duration PAUSED_POLL = Duration.ofMillis(10);

  /** What is delivered again if the process dies meanwhile costs less than more commits. */
  private static final Duration COMMIT_EVERY = Duration.ofMillis(100);

  private static final Duration MEASURE_EVERY = Duration.ofMillis(500);
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(2);
  private static final Duration LEAVE_LIMIT = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(6);

  private static final Logger LOG = LoggerFactory.getLogger(KafkaGroupConsumer.class);

  private final Consumer<byte[], byte[]> client;
  private final KafkaTopology topology;
  private final KafkaDeadLetters deadLetters;
  private final AssignedPartitions partitions;
  private final Signal arrived;
  private final Connections connections;
  private final Pace commits;
  private final Pace measurements;
  private final Thread thread;

  private volatile boolean closing;
  private volatile @Nullable Exception lost;
  private volatile long remoteLag = -1;

  /** Only the client's thread touches this. */
  private boolean committing;

  KafkaGroupConsumer(
      Consumer<byte[], byte[]> client,
      KafkaTopology topology,
      KafkaDeadLetters deadLetters,
      AssignedPartitions partitions,
      Signal arrived,
      LongSupplier nanoTime) {
    this.client = client;
    this.topology = topology;
    this.deadLetters = deadLetters;
    this.partitions = partitions;
    this.arrived = arrived;
    this.connections = new Connections(nanoTime);
    this.commits = new Pace(COMMIT_EVERY, nanoTime);
    this.measurements = new Pace(MEASURE_EVERY, nanoTime);
    this.thread = Thread.ofPlatform().name("kafka-consumer").daemon().unstarted(this::run);
  }

  /** Joins the group, and begins to poll. */
  void start() {
    thread.start();
  }

  private void run() {
    try {
      subscribe();
      while (!closing) {
        step();
      }
    } catch (WakeupException e) {
      if (!closing) {
        lost(e);
      }
    } catch (Exception e) {
      lost(e);
    } catch (Error e) {
      lost(new IllegalStateException("Kafka's client has failed", e));
      throw e;
    } finally {
      leave();
    }
  }

  private void lost(Exception e) {
    lost = e;
    arrived.raise();
  }

  void subscribe() {
    client.subscribe(topology.subscribed(), new Rebalances());
  }

  /** Polls once, and commits what was settled. */
  void step() {
    boolean full = pauseOrResume();
    ConsumerRecords<byte[], byte[]> polled;
    try {
      polled = client.poll(full ? PAUSED_POLL : POLL);
    } catch (NoOffsetForPartitionException e) {
      client.seekToBeginning(e.partitions());
      return;
    } catch (InvalidOffsetException e) {
      throw KafkaFailures.recordsGone(e);
    }
    if (polled.isEmpty()) {
      connections.watch(client.metrics().values());
    } else {
      connections.proven();
      for (ConsumerRecord<byte[], byte[]> record : polled) {
        partitions.add(record, topology.hears(record.headers()));
      }
      arrived.raise();
    }
    commit();
    if (measurements.isDue()) {
      measureLag();
    }
  }

  private boolean pauseOrResume() {
    boolean full = partitions.isFull();
    if (full) {
      client.pause(client.assignment()); // also those that were assigned meanwhile
    } else if (!client.paused().isEmpty()) {
      client.resume(client.paused());
    }
    return full;
  }

  private void commit() {
    if (committing || !commits.isDue()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> due = partitions.due();
    if (!due.isEmpty()) {
      committing = true;
      client.commitAsync(
          due,
          (_, failure) -> {
            committing = false;
            if (failure == null) {
              partitions.committed(due);
            } else {
              notCommitted(failure);
            }
          });
    }
  }

  /** The next commit tries again, if the partition is still this consumer's. */
  private static void notCommitted(Exception e) {
    LOG.debug("offsets were not committed: {}", KafkaFailures.reason(e));
  }

  private void commitNow(Map<TopicPartition, OffsetAndMetadata> due) {
    if (due.isEmpty()) {
      return;
    }
    try {
      try {
        client.commitSync(due, COMMIT_LIMIT);
      } catch (WakeupException e) { // meant for the poll, which ends by itself
        client.commitSync(due, COMMIT_LIMIT);
      }
      partitions.committed(due);
    } catch (KafkaException e) {
      notCommitted(e);
    }
  }

  private void measureLag() {
    long sum = 0;
    for (TopicPartition partition : client.assignment()) {
      OptionalLong lag = client.currentLag(partition);
      if (lag.isEmpty()) {
        return; // not known yet
      }
      sum += lag.getAsLong();
    }
    remoteLag = sum;
  }

  private final class Rebalances implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
      LOG.info("partitions assigned: {}", added);
      partitions.assigned(added);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> removed) {
      LOG.info("partitions revoked: {}", removed);
      commitNow(partitions.revoked(removed));
    }

    /** Another member may have them already. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> removed) {
      LOG.info("partitions lost: {}", removed);
      partitions.revoked(removed);
    }
  }

  @Override
  public List<Received> poll(int max) {
    requireOpen();
    return partitions.take(max);
  }

  @Override
  public void settle(List<Received> polled, List<Received> unreadable) {
    requireOpen();
    deadLetters.send(partitions.records(unreadable));
    partitions.settled(polled);
  }

  @Override
  public Optional<String> disconnected() {
    return connections.trouble();
  }

  @Override
  public OptionalLong lag() {
    long remote = remoteLag;
    return remote < 0 || disconnected().isPresent()
        ? OptionalLong.empty()
        : OptionalLong.of(remote + partitions.unsettled());
  }

  /** How many records it holds that are not settled. */
  long unsettled() {
    return partitions.unsettled();
  }

  private void requireOpen() {
    Exception failure = lost;
    if (failure != null) {
      throw KafkaFailures.lost(failure);
    }
  }

  private void leave() {
    try {
      commitNow(partitions.due());
      client.close(CloseOptions.timeout(LEAVE_LIMIT));
    } catch (KafkaException e) {
      LOG.debug("consumer closed with an error: {}", KafkaFailures.reason(e));
    }
  }

  @Override
  public void close() {
    closing = true;
    client.wakeup();
    try (deadLetters) {
      if (!thread.join(CLOSE_LIMIT)) {
        LOG.warn("Kafka's client did not close in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
