package dev.reserva.bench;

import static org.assertj.core.api.Assertions.assertThat;
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
        new Results.Verified(10, 10, true, 9));
  }
}
