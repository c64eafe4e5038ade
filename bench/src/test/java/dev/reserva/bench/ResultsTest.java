package dev.reserva.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reserva.harness.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultsTest {
  private static final Latency MILLIS = new Latency(1, 2, 3, 4, 5);

  @Test
  void the_file_is_named_by_date_and_commit() {
    assertThat(results(false).fileName()).isEqualTo("2026-11-22-abc123.json");
    assertThat(results(true).fileName()).isEqualTo("2026-11-22-abc123-quick.json");
  }

  @Test
  void the_json_says_what_was_measured_where_and_how() {
    JsonNode json = JsonMapper.shared().readTree(results(false).json());

    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder(
            "at",
            "commit",
            "machine",
            "options",
            "baseline",
            "server",
            "openLoop",
            "perOrder",
            "memory",
            "idle",
            "overload",
            "statements",
            "history",
            "verified");
    assertThat(json.at("/machine/cores").asInt()).isEqualTo(2);
    assertThat(json.at("/options/heap").asString()).isEqualTo("-Xmx512m");
    assertThat(json.at("/server/0/ratio").asDouble()).isEqualTo(2.5);
    assertThat(json.at("/server/0/millis/p999").asDouble()).isEqualTo(4);
    assertThat(json.at("/server/0/cpuMicrosPerOrder/database").asDouble()).isEqualTo(70);
    assertThat(json.at("/openLoop/millis/p99").asDouble()).isEqualTo(3);
    assertThat(json.at("/verified/confirmed").asLong()).isEqualTo(10);
  }

  @Test
  void the_table_names_each_load_with_its_ratio() {
    assertThat(Report.of(results(false)))
        .containsPattern("baseline +32 +1000 +1\\.00")
        .containsPattern("whole sagas +128 +2500 +2\\.50 .*database 70")
        .contains("p99.9 4.0")
        .contains("10 accepted, 10 confirmed");
  }

  @Test
  void the_table_tells_of_idleness_overload_statements_and_history() {
    assertThat(Report.of(results(false)))
        .contains("idle for 20 s: JVM 1.20 % + database 0.30 % of a core")
        .contains(
            "1001 calls, 30.0 % accepted (20/s), 69.9 % 503 with Retry-After, otherwise {500=1}")
        .contains("resident 500 → at most 600 → 550 MiB")
        .contains(
            "statements per order, 128 clients: 4.50, of which begin, commit and rollback 2.00")
        .contains("history 2010-12.csv.gz: 150 orders/s in 10.0 s");
  }

  @Test
  void the_summary_of_a_replay_is_read() {
    assertThat(
            History.read(
                "x.csv",
                "orders\n    27.6 s, 56 orders/s; from the request to CONFIRMED: p50 642.0 ms, p99 2210.5 ms\n"))
        .isEqualTo(new History.Figures("x.csv", 27.6, 56, 642.0, 2210.5));
    assertThatThrownBy(() -> History.read("x.csv", "Failed."))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("Failed.");
  }

  @Test
  void a_metric_is_summed_over_its_series() {
    String text =
        """
        # TYPE jvm_memory_used_bytes gauge
        jvm_memory_used_bytes{area="heap",id="Eden"} 1.5E7
        jvm_memory_used_bytes{area="heap",id="Old"} 20.0
        jvm_memory_used_bytes{area="nonheap",id="Code"} 7.0
        """;

    assertThat(Metrics.sum(text, "jvm_memory_used_bytes{area=\"heap\"")).isEqualTo(15_000_020);
    assertThatThrownBy(() -> Metrics.sum(text, "nothing")).isInstanceOf(BenchFailure.class);
  }

  @Test
  void costs_are_divided_by_the_orders_they_were_for() {
    Results.PerOrder perOrder =
        Results.PerOrder.of(
            new ServerDatabase.Counters(8000, 4000, 7, 1, 20, 10, 5, 0)
                .since(new ServerDatabase.Counters(0, 2000, 0, 0, 0, 0, 0, 0)),
            4);

    assertThat(perOrder.walBytes()).isEqualTo(2000);
    assertThat(perOrder.eventLogBytes()).isEqualTo(500);
    assertThat(perOrder.rowsInserted()).isEqualTo(5);
    assertThat(perOrder.commits()).isEqualTo(0.25);
  }

  @Test
  void cpu_time_is_told_in_microseconds_per_order() {
    CpuTime before = new CpuTime(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ZERO);
    CpuTime after =
        new CpuTime(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofMillis(10));

    CpuTime.PerOrder perOrder = after.since(before).perOrder(10_000);

    assertThat(perOrder.serverMicros()).isEqualTo(200, within(0.001));
    assertThat(perOrder.databaseMicros()).isEqualTo(100, within(0.001));
    assertThat(perOrder.generatorMicros()).isEqualTo(1, within(0.001));
  }

  @Test
  void the_processor_is_told_by_its_name() {
    assertThat(Machine.processor(List.of("processor\t: 0", "model name\t: Fast One @ 3 GHz")))
        .isEqualTo("Fast One @ 3 GHz");
    assertThat(Machine.processor(List.of())).isEqualTo("unknown");
  }

  private static Results results(boolean quick) {
    return new Results(
        "2026-11-22T16:00:00Z",
        "abc123",
        new Machine("Fast One", 2, 8192, "Linux 6", "25", 0.5),
        new Results.Settings(quick, 1000, 8, 4, 6, "-Xmx512m", List.of()),
        List.of(new Results.Throughput("baseline", 32, 1000, 1, MILLIS, Map.of())),
        List.of(
            new Results.Throughput(
                "whole sagas", 128, 2500, 2.5, MILLIS, Map.of("database", 70.0))),
        new Results.OpenLoop(1250, 1249, 7500, MILLIS),
        new Results.PerOrder(10, 1, 2, 3, 4, 5, 6, 7, 8),
        new Results.Memory(600, 700),
        new Idling.Figures(20, 1.2, 0.3, 100, MILLIS, MILLIS),
        new Overload.Figures(
            9000,
            3000,
            15,
            300,
            700,
            Map.of("500", 1L),
            20,
            MILLIS,
            1.5,
            new Overload.Memory(500, 600, 550, 100, 90)),
        List.of(StatementCount.Figures.of(128, 10, new ServerDatabase.Statements(45, 20))),
        new History.Figures("2010-12.csv.gz", 10, 150, 20, 90),
        new Results.Verified(10, 0, 10, true, 9));
  }
}
