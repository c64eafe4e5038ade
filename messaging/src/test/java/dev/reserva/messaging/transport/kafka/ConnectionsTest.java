package dev.reserva.messaging.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

  private long now = 100;
  private final Connections connections = new Connections(() -> now);

  private void watch(Duration later, double count) {
    now += later.toNanos();
    connections.watch(List.of(metric("failed-count", 0), metric("connection-count", count)));
  }

  private static KafkaMetric metric(String name, double value) {
    Gauge<Double> gauge = (_, _) -> value;
    return new KafkaMetric(
        new Object(),
        new MetricName(name, "consumer-metrics", "", Map.of()),
        gauge,
        new MetricConfig(),
        Time.SYSTEM);
  }

  @Test
  void brokers_that_are_away_for_more_than_five_seconds_are_reported_until_one_is_back() {
    watch(Duration.ofHours(1), 1);
    watch(Duration.ofSeconds(5), 0);
    assertThat(connections.trouble()).isEmpty();
    watch(Duration.ofSeconds(1), 0);
    assertThat(connections.trouble()).contains("no broker of Kafka was connected for 5 s");

    watch(Duration.ofSeconds(1), 1);

    assertThat(connections.trouble()).isEmpty();
    watch(Duration.ofSeconds(5), 0);
    assertThat(connections.trouble()).isEmpty();
  }

  @Test
  void after_a_minute_a_new_client_is_wanted() {
    watch(Duration.ofSeconds(60), 0);

    assertThatThrownBy(() -> watch(Duration.ofSeconds(1), 0))
        .hasMessage("no broker was connected for 60 s");
  }

  @Test
  void a_client_without_such_a_figure_counts_as_connected() {
    now += Duration.ofHours(1).toNanos();

    connections.watch(List.of(metric("failed-count", 0)));

    assertThat(connections.trouble()).isEmpty();
  }
}
