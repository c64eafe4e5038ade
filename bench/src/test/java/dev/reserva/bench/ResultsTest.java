package dev.reserva.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.harness.Machine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultsTest {
  private static final Latency MILLIS = new Latency(1, 2, 3, 4, 5);
  private static final ForeignCpu QUIET = new ForeignCpu(1, 1, 0);
  private static final Verified VERIFIED = new Verified(10, 0, 10, true, 9);

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
            "snapshot",
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
        .containsPattern("baseline +32 +1000 +1\\.00 .*1\\.00")
        .containsPattern("whole sagas +128 +2500 +2\\.50 .*0\\.75 +database 70 +! 7 % foreign CPU")
        .contains("p99.9 4.0")
        .contains("10 accepted, 10 confirmed");
  }

  @Test
  void the_table_tells_of_idleness_overload_statements_and_history() {
    assertThat(Report.of(results(false)))
        .contains("idle for 20 s: JVM 1.20 % + database 0.30 % of a core")
        .contains(
            "1001 calls, 300 accepted: p50 1 · p99 3 ms since due, goodput 2700/s = 90 % of the best"
                + " rate, 69.9 % refused: p99 3 ms, otherwise {500=1}")
        .contains("resident 500 → at most 600 → 550 MiB")
        .contains(
            "statements per order, 128 clients: 4.50, of which begin, commit and rollback 2.00")
        .contains("history 2010-12.csv.gz: 150 orders/s in 10.0 s");
  }

  @Test
  void the_table_compares_the_parts_of_a_long_snapshot_with_the_time_before() {
    assertThat(Report.of(results(false)))
        .contains(
            "snapshot held for 60 s under whole sagas, 128 clients (9 invariants hold after 10")
        .containsPattern("without +2000 orders/s = 100 %")
        .containsPattern("first part +1900 orders/s = +95 %")
        .containsPattern("last part +1500 orders/s = +75 % .*JVM 300 \\+ database 400")
        .containsPattern("afterwards +2100 orders/s = 105 %");
  }

  @Test
  void the_summary_of_a_replay_is_read() {
    assertThat(
            History.read(
                "x.csv",
                "orders\n    27.6 s, 56 orders/s; from the request to CONFIRMED: p50 642.0 ms, p99 2210.5 ms\n",
                QUIET))
        .isEqualTo(new History.Figures("x.csv", 27.6, 56, 642.0, 2210.5, QUIET));
    assertThatThrownBy(() -> History.read("x.csv", "Failed.", QUIET))
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
        new Results.Settings(quick, 1000, 8, 4, 6, 60, "-Xmx512m", List.of()),
        List.of(new Results.Throughput("baseline", 32, 1000, 1, MILLIS, Map.of(), 1, QUIET)),
        List.of(
            new Results.Throughput(
                "whole sagas",
                128,
                2500,
                2.5,
                MILLIS,
                Map.of("database", 70.0),
                0.75,
                new ForeignCpu(6, 0.5, 0.5))),
        new Results.OpenLoop(1250, 1249, 7500, 0.5, MILLIS, Map.of(), QUIET),
        new Results.PerOrder(10, 1, 2, 3, 4, 5, 6, 7, 8),
        new Results.Memory(600, 700),
        new Idling.Figures(20, 1.2, 0.3, QUIET, 100, MILLIS, MILLIS),
        new Overload.Figures(
            3000,
            9000,
            1500,
            15,
            300,
            700,
            Map.of("500", 1L),
            2700,
            MILLIS,
            MILLIS,
            MILLIS,
            1.5,
            new Overload.Memory(500, 600, 550, 100, 90),
            QUIET),
        List.of(StatementCount.Figures.of(128, 10, new ServerDatabase.Statements(45, 20))),
        new History.Figures("2010-12.csv.gz", 10, 150, 20, 90, QUIET),
        new LongSnapshot.Figures(
            128, 60, part(2000), List.of(part(1900), part(1800), part(1500)), part(2100), VERIFIED),
        VERIFIED);
  }

  private static LongSnapshot.Part part(double perSecond) {
    return new LongSnapshot.Part(0, 10, perSecond, MILLIS, 300, 400, QUIET);
  }
}
