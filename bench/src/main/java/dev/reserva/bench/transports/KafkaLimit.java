package dev.reserva.bench.transports;

import dev.reserva.bench.BenchFailure;
import dev.reserva.harness.broker.KafkaNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limit of Kafka, by its own tools: one producer with {@code acks=all} and idempotence, and one
 * consumer at the same time, on a topic of three partitions.
 */
final class KafkaLimit {
  private static final String TOPICS = "org.apache.kafka.tools.TopicCommand";
  private static final String PRODUCER = "org.apache.kafka.tools.ProducerPerformance";
  private static final String CONSUMER = "org.apache.kafka.tools.ConsumerPerformance";
  private static final Duration BESIDE = Duration.ofSeconds(60);

  /** The first run tells how many records take the wanted time. */
  private static final long FIRST = 50_000;

  private static final long MOST = 20_000_000;

  private static final Pattern SENT =
      Pattern.compile("records sent, ([\\d.]+) records/sec.*ms 99\\.9th");

  private KafkaLimit() {}

  static BrokerLimit measure(LoadTool tool, KafkaNode node, int bytes, Duration duration)
      throws IOException, InterruptedException {
    String servers = node.bootstrapServers();
    double first = run(tool, servers, "limit-first", FIRST, bytes, duration);
    long records = Math.clamp((long) (first * duration.toSeconds()), FIRST, MOST);
    return new BrokerLimit(
        "Kafka's producer and consumer performance tools",
        run(tool, servers, "limit", records, bytes, duration),
        bytes);
  }

  private static double run(
      LoadTool tool, String servers, String topic, long records, int bytes, Duration duration)
      throws IOException, InterruptedException {
    tool.run(
        TOPICS,
        List.of("--bootstrap-server", servers, "--create", "--topic", topic, "--partitions", "3"),
        BESIDE);
    List<String> common =
        List.of(
            "--bootstrap-server",
            servers,
            "--topic",
            topic,
            "--num-records",
            String.valueOf(records));
    List<String> producer = new ArrayList<>(common);
    producer.addAll(List.of("--throughput", "-1", "--record-size", String.valueOf(bytes)));
    producer.addAll(List.of("--command-property", "acks=all", "enable.idempotence=true"));
    List<String> consumer = new ArrayList<>(common);
    consumer.addAll(List.of("--timeout", "30000"));
    Duration limit = duration.multipliedBy(5).plus(BESIDE);
    try (LoadTool.Running consuming = tool.start(CONSUMER, Map.of(), consumer);
        LoadTool.Running producing = tool.start(PRODUCER, Map.of(), producer)) {
      double sent = sent(producing.await(limit));
      double received = received(consuming.await(limit));
      return Math.min(sent, received);
    }
  }

  /** Reads the producer's output: its last line is of the whole run. */
  static double sent(String output) {
    Matcher matcher = SENT.matcher(output);
    double rate = -1;
    while (matcher.find()) {
      rate = Double.parseDouble(matcher.group(1));
    }
    if (rate < 0) {
      throw new BenchFailure("Kafka's producer tells no rate:\n" + output);
    }
    return rate;
  }

  /**
   * Reads the consumer's output: names of columns, and one line of values. Its rate is that of the
   * time in which it fetched, so without the time until the group had assigned its partitions.
   */
  static double received(String output) {
    List<String> names = List.of();
    for (String line : output.lines().toList()) {
      List<String> columns = List.of(line.split(", ", -1));
      int rate = names.indexOf("fetch.nMsg.sec");
      if (rate >= 0 && columns.size() == names.size()) {
        return Double.parseDouble(columns.get(rate));
      }
      if (columns.contains("fetch.nMsg.sec")) {
        names = columns;
      }
    }
    throw new BenchFailure("Kafka's consumer tells no rate:\n" + output);
  }
}
