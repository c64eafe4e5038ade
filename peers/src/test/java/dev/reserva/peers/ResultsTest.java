package dev.reserva.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.bench.CpuTime;
import dev.reserva.bench.ForeignCpu;
import dev.reserva.bench.Latency;
import dev.reserva.bench.Spread;
import dev.reserva.harness.Machine;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static final Results.Shop RESERVA =
      new Results.Shop(
          "Reserva",
          "abc",
          List.of(),
          10,
          List.of(phase(1, 128, 1_000), phase(1, 8, 300), phase(2, 128, 900), phase(2, 8, 400)));

  private static final Results.Shop PEER =
      new Results.Shop(
          "Peer",
          "1",
          List.of(),
          10,
          List.of(phase(1, 128, 200), phase(1, 8, 100), phase(2, 128, 300), phase(2, 8, 100)));

  private static final Results.Shop WRONG =
      new Results.Shop("Wrong", "2", List.of("units left: 1 instead of 0"), 10, List.of());

  @Test
  void ratios_are_taken_turn_by_turn() {
    List<Results.Ratio> ratios = results(RESERVA, PEER).ratios();
    assertThat(ratios).extracting(Results.Ratio::clients).containsExactly(128, 8);
    assertThat(ratios.getFirst().ordersPerSecond()).isEqualTo(new Spread(4, 3, 5));
    assertThat(ratios.getLast().ordersPerSecond()).isEqualTo(new Spread(3.5, 3, 4));
  }

  @Test
  void a_shop_that_failed_a_check_has_no_figures_and_makes_the_whole_run_wrong() {
    Results results = results(RESERVA, PEER, WRONG);
    assertThat(results.allRight()).isFalse();
    assertThat(results.ratios()).extracting(Results.Ratio::peer).containsOnly("Peer");
    assertThat(Report.of(results))
        .contains("verified: Reserva abc, 10 orders")
        .contains("4.00 [3.00–5.00]")
        .contains("FAILED, no figures: Wrong 2")
        .contains("units left: 1 instead of 0");
  }

  @Test
  void without_a_right_reserva_there_is_no_ratio() {
    assertThat(results(WRONG, PEER).ratios()).isEmpty();
  }

  @Test
  void the_file_is_named_by_day_and_commit_and_holds_the_ratios() {
    Results results = results(RESERVA, PEER);
    assertThat(results.fileName()).isEqualTo("2026-11-26-abc-peers-quick.json");
    assertThat(results.json()).contains("\"ratios\"").contains("\"median\" : 4.0");
  }

  private static Results.Phase phase(int turn, int clients, double ordersPerSecond) {
    return new Results.Phase(
        turn,
        clients,
        ordersPerSecond,
        new Latency(1, 2, 3, 4, 5),
        new CpuTime.PerOrder(100, 200, 50),
        0.5,
        4_000,
        new ForeignCpu(1, 0, 0));
  }

  private static Results results(Results.Shop... shops) {
    return new Results(
        "2026-11-26T10:00:00Z",
        "abc",
        new Machine("processor", 2, 1024, "Linux", "25", 0.5),
        new Results.Settings(true, 10, 1, 2, 1, "-Xmx512m"),
        List.of(shops));
  }
}
