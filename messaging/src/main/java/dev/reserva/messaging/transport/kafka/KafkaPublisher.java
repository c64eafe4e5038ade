package dev.reserva.messaging.transport.kafka;

import dev.reserva.messaging.transport.BrokerMessage;
import dev.reserva.messaging.transport.BrokerPublisher;
import dev.reserva.messaging.transport.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes by an idempotent producer, many records at a time. The producer's thread reports the
 * outcomes.
 *
 * <p>The producer sends a record again by itself until its delivery time-out. A record that failed
 * makes its topic doubtful: before the next record goes there, the topic is checked, and created if
 * it is missing. A topic that is another one than before, or shorter, ends this publisher.
 */
final class KafkaPublisher implements BrokerPublisher {

  /** With this many bytes in flight it takes no more, so that a send does not wait for room. */
  static final int MAX_BYTES_IN_FLIGHT = 32 << 20;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);

  private final Producer<byte[], byte[]> producer;
  private final KafkaTopology topology;
  private final PublishedTopics topics;
  private final PartitionEnds ends;
  private final Predicate<String> heardElsewhere;
  private final String contentType;
  private final Signal changed;

  /** Topics that are there, as far as is known. */
  private final Set<String> ready = ConcurrentHashMap.newKeySet();

  private final AtomicLong bytesInFlight = new AtomicLong();
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Exception lost;

  /**
   * @param ready names of topics that are there
   * @param topics checks those that are doubtful
   * @param ends of the topics that are there
   * @param heardElsewhere types whose topic must be there
   */
  KafkaPublisher(
      Producer<byte[], byte[]> producer,
      KafkaTopology topology,
      Set<String> ready,
      PublishedTopics topics,
      PartitionEnds ends,
      Predicate<String> heardElsewhere,
      String contentType,
      Signal changed) {
    this.producer = producer;
    this.topology = topology;
    this.ready.addAll(ready);
    this.topics = topics;
    this.ends = ends;
    this.heardElsewhere = heardElsewhere;
    this.contentType = contentType;
    this.changed = changed;
  }

  @Override
  public void send(long number, BrokerMessage message) {
    requireOpen();
    KafkaTopic topic = topology.topicOf(message.event());
    if (!ready.contains(topic.name())) {
      if (!topics.isThere(topic, message.log())) {
        outcomes.add(withoutTopic(number, message.event().type(), topic.name()));
        changed.raise();
        return;
      }
      ready.add(topic.name());
    }
    ProducerRecord<byte[], byte[]> record = KafkaHeaders.record(topic.name(), contentType, message);
    long bytes = message.body().length();
    bytesInFlight.addAndGet(bytes);
    try {
      var _ =
          producer.send(
              record,
              (appended, failure) -> settled(number, record.topic(), bytes, appended, failure));
    } catch (KafkaException | IllegalStateException e) {
      lost = e;
      throw KafkaFailures.lost(e);
    }
  }

  private Outcome withoutTopic(long number, String type, String topic) {
    return heardElsewhere.test(type)
        ? new Outcome.Unroutable(
            number, "event type %s has no topic: %s does not exist".formatted(type, topic))
        : new Outcome.Confirmed(number);
  }

  /** The producer's thread calls it, or that of the send. */
  private void settled(
      long number,
      String topic,
      long bytes,
      @Nullable RecordMetadata appended,
      @Nullable Exception failure) {
    bytesInFlight.addAndGet(-bytes);
    switch (failure) {
      case null -> appended(number, topic, appended);
      case RetriableException e -> rejected(number, topic, e);
      case RecordTooLargeException e -> rejected(number, topic, e);
      default -> lost = failure;
    }
    changed.raise();
  }

  private void appended(long number, String topic, @Nullable RecordMetadata appended) {
    if (appended == null || ends.isBehindAll(appended)) {
      outcomes.add(new Outcome.Confirmed(number));
    } else {
      lost =
          new IllegalStateException(
              "topic %s has lost records: the next one has offset %d"
                  .formatted(topic, appended.offset()));
    }
  }

  private void rejected(long number, String topic, Exception e) {
    if (ready.remove(topic)) { // once for all that are in flight
      LOG.warn(
          "Kafka has not taken an event, it is sent again: topic={} reason={}",
          topic,
          KafkaFailures.reason(e));
    }
    outcomes.add(new Outcome.Rejected(number));
  }

  @Override
  public List<Outcome> outcomes() {
    List<Outcome> taken = new ArrayList<>();
    Outcome next = outcomes.poll();
    while (next != null) {
      taken.add(next);
      next = outcomes.poll();
    }
    return taken;
  }

  @Override
  public Optional<String> blocked() {
    requireOpen();
    long bytes = bytesInFlight.get();
    return bytes < MAX_BYTES_IN_FLIGHT
        ? Optional.empty()
        : Optional.of("Kafka has not confirmed %d bytes of events yet".formatted(bytes));
  }

  @Override
  public boolean remembers(UUID log) {
    return topics.remembers(log);
  }

  @Override
  public void remember(UUID log) {
    topics.remember(log);
  }

  private void requireOpen() {
    Exception failure = lost;
    if (failure != null) {
      throw KafkaFailures.lost(failure);
    }
  }

  @Override
  public void close() {
    try {
      producer.close(CLOSE_LIMIT);
    } catch (KafkaException e) {
      LOG.debug("producer closed with an error: {}", KafkaFailures.reason(e));
    }
  }
}
