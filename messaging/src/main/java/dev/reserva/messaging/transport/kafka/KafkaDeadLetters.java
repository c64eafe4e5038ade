package dev.reserva.messaging.transport.kafka;

import dev.reserva.messaging.transport.BrokerUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends records that are no events to the dead-letter topics of their topics. One thread uses it.
 */
final class KafkaDeadLetters implements AutoCloseable {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final Supplier<Producer<byte[], byte[]>> producers;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * @param producers makes a producer when the first record has to be sent
   */
  KafkaDeadLetters(Supplier<Producer<byte[], byte[]>> producers) {
    this.producers = producers;
  }

  /**
   * Sends records, and waits until they are confirmed.
   *
   * @throws BrokerUnavailable when one was not; each may have been sent
   */
  void send(List<ConsumerRecord<byte[], byte[]>> records) {
    if (records.isEmpty()) {
      return;
    }
    try {
      Producer<byte[], byte[]> open = producer();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        sent.add(open.send(KafkaHeaders.deadLetter(record.topic() + KafkaTopic.DEAD, record)));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get(); // ends with the delivery time-out at the latest
      }
    } catch (ExecutionException | KafkaException e) {
      throw KafkaFailures.lost(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KafkaFailures.lost(e);
    }
  }

  private Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = producers.get();
      producer = open;
    }
    return open;
  }

  @Override
  public void close() {
    Producer<byte[], byte[]> open = producer;
    producer = null;
    if (open != null) {
      open.close(CLOSE_LIMIT);
    }
  }
}
