package dev.reserva.bench.transports;

import dev.reserva.bench.BenchFailure;
import dev.reserva.cluster.Service;
import dev.reserva.harness.broker.RabbitNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limit of RabbitMQ, by its own PerfTest: as many quorum queues, publishers and consumers as a
 * split system has services, persistent messages, publisher confirms, multiple acknowledgements.
 */
final class RabbitLimit {
  private static final String TOOL = "com.rabbitmq.perf.PerfTest";

  /** Services of a split system. */
  private static final String SERVICES = String.valueOf(Service.values().length);

  /** What a relay has unconfirmed, and an intake unsettled, at most. */
  private static final String UNCONFIRMED = "2000";

  private static final String PREFETCH = "500";

  /** Time for connections and declarations. */
  private static final Duration BESIDE = Duration.ofSeconds(60);

  private static final Pattern SENT = Pattern.compile("sending rate avg: ([\\d.]+) msg/s");
  private static final Pattern RECEIVED = Pattern.compile("receiving rate avg: ([\\d.]+) msg/s");

  private RabbitLimit() {}

  static BrokerLimit measure(LoadTool tool, RabbitNode node, int bytes, Duration duration)
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "--quorum-queue",
            "--queue-pattern",
            "limit-%d",
            "--queue-pattern-from",
            "1",
            "--queue-pattern-to",
            SERVICES,
            "--producers",
            SERVICES,
            "--consumers",
            SERVICES,
            "--flag",
            "persistent",
            "--confirm",
            UNCONFIRMED,
            "--qos",
            PREFETCH,
            "--multi-ack-every",
            PREFETCH,
            "--size",
            String.valueOf(bytes),
            "--time",
            String.valueOf(duration.toSeconds()));
    Map<String, String> environment =
        Map.of(
            "RABBITMQ_PERF_TEST_ENV_PREFIX", "PERF_TEST_", "PERF_TEST_URI", node.uri().toString());
    try (LoadTool.Running running = tool.start(TOOL, environment, arguments)) {
      return of(running.await(duration.plus(BESIDE)), bytes);
    }
  }

  /** Reads the tool's output: what was both sent and received. */
  static BrokerLimit of(String output, int bytes) {
    return new BrokerLimit(
        "RabbitMQ PerfTest", Math.min(rate(SENT, output), rate(RECEIVED, output)), bytes);
  }

  private static double rate(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new BenchFailure("PerfTest tells no \"%s\":%n%s".formatted(pattern, output));
    }
    return Double.parseDouble(matcher.group(1));
  }
}
