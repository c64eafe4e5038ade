package dev.reserva.messaging.transport.kafka;

import dev.reserva.harness.broker.KafkaNode;
import dev.reserva.messaging.transport.kafka.KafkaSettings.GroupProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A Kafka broker for all tests of this Java process. It ends with the process. */
public final class KafkaServer {

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final KafkaNode NODE = start();

  private KafkaServer() {}

  private static KafkaNode start() {
    try {
      Path folder = Files.createTempDirectory("reserva-kafka-");
      KafkaNode node = KafkaNode.start(folder);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node, folder)));
      createTopicOfMarks(node);
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As an operator does where processes may not create topics. */
  private static void createTopicOfMarks(KafkaNode node) throws InterruptedException {
    NewTopic topic = new NewTopic(KafkaMarks.TOPIC.name(), 1, (short) 1);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrapServers()))) {
      admin.createTopics(List.of(topic.configs(Map.of("cleanup.policy", "compact")))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Replaces the cluster by an empty one. */
  static void wipe() throws IOException, InterruptedException {
    NODE.wipe();
    createTopicOfMarks(NODE);
  }

  private static void end(KafkaNode node, Path folder) {
    node.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("cannot delete " + folder + ": " + e);
    }
  }

  /** To be killed and started again. */
  static KafkaNode node() {
    return NODE;
  }

  /** A name that no topic and no group has. */
  public static String freshName() {
    return "test" + NAMES.incrementAndGet();
  }

  /** Settings for this broker. */
  public static KafkaSettings settings(GroupProtocol protocol) {
    return settings(NODE.bootstrapServers(), true, 3, protocol, 100);
  }

  static KafkaSettings settings(
      String server, boolean createTopics, int partitions, GroupProtocol protocol, int records) {
    return new KafkaSettings(
        List.of(server),
        KafkaSecurity.NONE,
        "reserva-test",
        createTopics,
        partitions,
        1,
        Duration.ofDays(1),
        protocol,
        records);
  }

  static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", NODE.bootstrapServers()));
  }
}
