package dev.reserva.messaging.transport.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.transport.BrokerMessage;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Messages as records, and the headers of records as texts. */
final class KafkaHeaders {

  private static final String CONTENT_TYPE = "content-type";

  /** Headers of a dead letter: where the record was. */
  private static final String DEAD_TOPIC = "reserva-dlt-topic";

  private static final String DEAD_PARTITION = "reserva-dlt-partition";
  private static final String DEAD_OFFSET = "reserva-dlt-offset";

  private KafkaHeaders() {}

  /** The record of a message. */
  static ProducerRecord<byte[], byte[]> record(
      String topic, String contentType, BrokerMessage message) {
    Event event = message.event();
    Headers headers = new RecordHeaders();
    add(headers, CONTENT_TYPE, contentType);
    add(headers, KafkaTopology.TYPE, event.type());
    add(headers, BrokerMessage.LOG, message.log().toString());
    add(headers, BrokerMessage.KEY, event.key().toString());
    if (event.traceparent() != null) {
      add(headers, BrokerMessage.TRACEPARENT, event.traceparent());
    }
    return new ProducerRecord<>(
        topic, null, event.key().toString().getBytes(UTF_8), message.body().array(), headers);
  }

  /** The same record as a dead letter. */
  static ProducerRecord<byte[], byte[]> deadLetter(
      String topic, ConsumerRecord<byte[], byte[]> record) {
    Headers headers = new RecordHeaders(record.headers().toArray());
    add(headers, DEAD_TOPIC, record.topic());
    add(headers, DEAD_PARTITION, Integer.toString(record.partition()));
    add(headers, DEAD_OFFSET, Long.toString(record.offset()));
    return new ProducerRecord<>(topic, null, record.key(), record.value(), headers);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }

  /** A record's headers by name, the last one of each, and where it was. */
  static Map<String, String> texts(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> texts = new TreeMap<>();
    record.headers().forEach(header -> texts.put(header.key(), text(header)));
    texts.put("topic", record.topic());
    texts.put("partition", Integer.toString(record.partition()));
    texts.put("offset", Long.toString(record.offset()));
    return texts;
  }

  /** A header's value; empty if it is null. What is no UTF-8 is replaced. */
  static String text(Header header) {
    return header.value() == null ? "" : new String(header.value(), UTF_8);
  }
}
