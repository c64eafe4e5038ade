package dev.reserva.messaging.transport.kafka;

import dev.reserva.messaging.transport.BrokerUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Marks the topics that the relay of a log sends to, so that it notices when their records are
 * lost.
 *
 * <ul>
 *   <li>The compacted topic {@code reserva.relays} has a record for each log. Its key is the log's
 *       identity, its value a line {@code <topic>=<id>} for each topic.
 *   <li>Kafka gives each topic an id when it is created. A cluster that was replaced has no record,
 *       and a topic that was deleted and created again has another id.
 *   <li>A topic that is not in the record is new: nothing was sent to it. It is added before the
 *       first event is.
 * </ul>
 */
final class KafkaMarks implements PublishedTopics {

  static final KafkaTopic TOPIC = new KafkaTopic("reserva.relays", 1, KafkaTopic.Cleanup.COMPACT);

  /** For reading all marks, which are a few, and for writing one. */
  private static final Duration LIMIT = Duration.ofSeconds(25);

  private static final Duration POLL = Duration.ofMillis(200);
  private static final TopicPartition ONLY = new TopicPartition(TOPIC.name(), 0);

  private final KafkaSettings settings;
  private final KafkaClients clients;
  private final KafkaTopics topics;
  private final Collection<KafkaTopic> published;

  /**
   * @param published the topics that a relay may send to
   */
  KafkaMarks(
      KafkaSettings settings,
      KafkaClients clients,
      KafkaTopics topics,
      Collection<KafkaTopic> published) {
    this.settings = settings;
    this.clients = clients;
    this.topics = topics;
    this.published = List.copyOf(published);
  }

  /** Marks topics that are new, too. */
  @Override
  public boolean remembers(UUID log) {
    Optional<Map<String, String>> mark = read(log);
    if (mark.isEmpty()) {
      return false;
    }
    Map<String, String> there = topics.ids(published);
    if (!there.entrySet().containsAll(mark.get().entrySet())) {
      return false;
    }
    if (!mark.get().equals(there)) {
      write(log, there);
    }
    return true;
  }

  @Override
  public void remember(UUID log) {
    write(log, topics.ids(published));
  }

  /** Marks the topic if it is new. */
  @Override
  public boolean isThere(KafkaTopic topic, UUID log) {
    if (!topics.prepare(List.of(topic, TOPIC)).isEmpty()) {
      return false;
    }
    Map<String, String> mark = new TreeMap<>(read(log).orElseThrow(() -> lost(log, topic)));
    String there = topics.ids(List.of(topic)).getOrDefault(topic.name(), "");
    String marked = mark.putIfAbsent(topic.name(), there);
    if (marked == null) {
      write(log, mark);
    } else if (!marked.equals(there)) {
      throw lost(log, topic);
    }
    return true;
  }

  private static BrokerUnavailable lost(UUID log, KafkaTopic topic) {
    return new BrokerUnavailable(
        "topic %s is another one than that to which events were sent".formatted(topic.name()),
        new IllegalStateException("log %s has marked another one".formatted(log)));
  }

  private Optional<Map<String, String>> read(UUID log) {
    byte[] key = bytes(log.toString());
    byte @Nullable [] newest = null;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (Consumer<byte[], byte[]> reader = clients.reader()) {
      reader.assign(List.of(ONLY));
      reader.seekToBeginning(List.of(ONLY));
      long end = reader.endOffsets(List.of(ONLY)).getOrDefault(ONLY, 0L);
      while (reader.position(ONLY) < end) {
        if (System.nanoTime() - deadline > 0) {
          throw new BrokerUnavailable(
              "topic %s was not read within %d s".formatted(TOPIC.name(), LIMIT.toSeconds()),
              new TimeoutException());
        }
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          if (Arrays.equals(record.key(), key)) {
            newest = record.value();
          }
        }
      }
    } catch (KafkaException e) {
      throw KafkaFailures.unreachable(settings, e);
    }
    return Optional.ofNullable(newest).map(KafkaMarks::parsed);
  }

  private void write(UUID log, Map<String, String> ids) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(TOPIC.name(), bytes(log.toString()), bytes(text(ids)));
    try (Producer<byte[], byte[]> producer = clients.producer("relays")) {
      producer.send(record).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw KafkaFailures.unreachable(settings, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KafkaFailures.unreachable(settings, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Map<String, String> ids) {
    return new TreeMap<>(ids)
        .entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("\n"));
  }

  /** An id may end in equals signs, the name of a topic has none. */
  private static Map<String, String> parsed(byte[] value) {
    Map<String, String> ids = new TreeMap<>();
    new String(value, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> ids.put(parts[0], parts[1]));
    return ids;
  }
}
