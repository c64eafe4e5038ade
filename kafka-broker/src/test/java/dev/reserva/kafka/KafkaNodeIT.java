package dev.reserva.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.harness.broker.KafkaNode;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaNodeIT {
  private static final Path PACKAGED = Path.of("target/reserva-kafka-broker.jar");
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static KafkaNode node;

  /** As in a module that depends on this one: the packaged broker is on the class path. */
  @BeforeAll
  static void start() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader dependent = new URLClassLoader(new URL[] {PACKAGED.toUri().toURL()})) {
      thread.setContextClassLoader(dependent);
      node = KafkaNode.start(folder);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @AfterAll
  static void close() {
    node.close();
    assertThat(node.isAlive()).isFalse();
  }

  @Test
  void an_acknowledged_record_is_there_after_a_kill_and_for_the_next_object_and_gone_after_a_wipe()
      throws Exception {
    createTopic("kept");
    send("kept", "hello");
    long killed = node.pid();

    node.kill();
    assertThat(ProcessHandle.of(killed)).isEmpty();
    node.start();

    assertThat(node.pid()).isNotEqualTo(killed);
    assertThat(firstOfGroup("kept", "readers")).isEqualTo("hello");

    node.close();
    node = KafkaNode.start(PACKAGED, folder);

    assertThat(firstOfGroup("kept", "later readers")).isEqualTo("hello");

    node.stop();
    assertThat(node.isAlive()).isFalse();
    assertThat(node.log()).content().contains("shut down completed");

    node.wipe();

    assertThat(topics()).isEmpty();
  }

  private static void createTopic(String name) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
  }

  private static Set<String> topics() throws Exception {
    try (Admin admin = admin()) {
      return admin.listTopics().names().get();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", node.bootstrapServers()));
  }

  private static void send(String topic, String value) throws Exception {
    try (Producer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", node.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, value)).get();
    }
  }

  /** The first record of a topic, which is not empty, as a new consumer group reads it. */
  private static String firstOfGroup(String topic, String group) {
    try (Consumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                node.bootstrapServers(),
                "group.id",
                group,
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      long end = System.nanoTime() + SOON.toNanos();
      ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(1));
      while (records.isEmpty()) {
        assertThat(System.nanoTime()).as("no record within " + SOON).isLessThan(end);
        records = consumer.poll(Duration.ofSeconds(1));
      }
      return records.iterator().next().value();
    }
  }
}
