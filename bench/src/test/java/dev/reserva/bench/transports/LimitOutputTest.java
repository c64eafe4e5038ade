package dev.reserva.bench.transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.bench.BenchFailure;
import org.junit.jupiter.api.Test;

/** What is read from the output of the brokers' load tools. */
class LimitOutputTest {

  @Test
  void rabbitmq_carries_what_is_both_sent_and_received() {
    BrokerLimit limit =
        RabbitLimit.of(
            """
            id: test-1, sending rate avg: 21450 msg/s
            id: test-1, receiving rate avg: 20318 msg/s
            """,
            700);

    assertThat(limit.messagesPerSecond()).isEqualTo(20_318);
    assertThat(limit.bytes()).isEqualTo(700);
  }

  @Test
  void a_perftest_without_rates_has_failed() {
    assertThatThrownBy(() -> RabbitLimit.of("id: test-1, starting producer #0\n", 700))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("starting producer #0");
  }

  @Test
  void the_last_line_of_kafkas_producer_is_of_the_whole_run() {
    String output =
        """
        60012 records sent, 12000.1 records/sec (7.9 MB/sec), 3.1 ms avg latency, 90.0 ms max latency.
        90000 records sent, 15000.5 records/sec (9.9 MB/sec), 2.7 ms avg latency, 90.00 ms max latency, 2 ms 50th, 7 ms 95th, 20 ms 99th, 80 ms 99.9th.
        """;

    assertThat(KafkaLimit.sent(output)).isEqualTo(15_000.5);
  }

  @Test
  void a_producer_that_has_not_ended_tells_no_rate() {
    assertThatThrownBy(() -> KafkaLimit.sent("60012 records sent, 12000.1 records/sec\n"))
        .isInstanceOf(BenchFailure.class);
  }

  @Test
  void the_rate_of_kafkas_consumer_is_that_of_its_fetching() {
    String output =
        """
        start.time, end.time, data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec, rebalance.time.ms, fetch.time.ms, fetch.MB.sec, fetch.nMsg.sec
        2026-11-27 06:00:00:000, 2026-11-27 06:00:10:000, 66.1, 6.6, 90000, 9000.0, 3000, 7000, 9.4, 12857.1
        """;

    assertThat(KafkaLimit.received(output)).isEqualTo(12_857.1);
  }

  @Test
  void a_consumer_without_a_line_of_values_has_failed() {
    assertThatThrownBy(() -> KafkaLimit.received("start.time, end.time, fetch.nMsg.sec\n"))
        .isInstanceOf(BenchFailure.class);
  }
}
