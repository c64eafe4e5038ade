package dev.reserva.messaging.transport.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Watches whether a consumer's client is connected to any broker. The client connects again by
 * itself, and does not tell that all brokers are away.
 */
final class Connections {

  /** A shorter time without a connection is not reported. */
  private static final Duration REPORT_AFTER = Duration.ofSeconds(5);

  /** By then the brokers may have other addresses, which only a new client asks for. */
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private long connectedAt;
  private volatile boolean missed;

  Connections(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.connectedAt = nanoTime.getAsLong();
  }

  /**
   * Looks at the client's number of connections. The client's thread calls it.
   *
   * @throws IllegalStateException when there was none for so long that a new client has to be made
   */
  void watch(Collection<? extends Metric> metrics) {
    for (Metric metric : metrics) {
      MetricName name = metric.metricName();
      if (name.name().equals("connection-count") && name.group().equals("consumer-metrics")) {
        connected(((Number) metric.metricValue()).doubleValue() > 0);
      }
    }
  }

  /** Records have arrived, so there is a connection. */
  void proven() {
    connected(true);
  }

  private void connected(boolean any) {
    long now = nanoTime.getAsLong();
    if (any) {
      connectedAt = now;
    }
    long nanos = now - connectedAt;
    missed = nanos > REPORT_AFTER.toNanos();
    if (nanos > GIVE_UP_AFTER.toNanos()) {
      throw new IllegalStateException(
          "no broker was connected for %d s".formatted(GIVE_UP_AFTER.toSeconds()));
    }
  }

  /** What there is to report. Any thread may call it. */
  Optional<String> trouble() {
    return missed
        ? Optional.of(
            "no broker of Kafka was connected for %d s".formatted(REPORT_AFTER.toSeconds()))
        : Optional.empty();
  }
}
