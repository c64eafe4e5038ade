package dev.reserva.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.bench.ComparedPhase.Figure;
import dev.reserva.bench.ComparedPhase.Turn;
import dev.reserva.harness.Machine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComparisonTest {
  private static final ForeignCpu QUIET = new ForeignCpu(1, 1, 0);
  private static final ForeignCpu BUSY = new ForeignCpu(20, 1, 0);
  private static final Verified VERIFIED = new Verified(10, 0, 10, true, 16);

  @Test
  void a_spread_is_told_by_its_middle_and_its_ends() {
    assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(2.5, 1, 4));
    assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
    assertThatThrownBy(() -> Spread.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values must be 1 or more, were 0");
  }

  @Test
  void a_ratio_is_made_of_the_two_figures_of_one_turn_and_not_of_the_medians() {
    Figure figure =
        ComparedPhase.of(
                "phase",
                List.of(outcome("x", 100), outcome("x", 10), outcome("x", 50)),
                List.of(outcome("x", 125), outcome("x", 30), outcome("x", 100)))
            .figures()
            .getFirst();

    assertThat(figure.before()).isEqualTo(new Spread(50, 10, 100));
    assertThat(figure.after()).isEqualTo(new Spread(100, 30, 125));
    assertThat(figure.ratio()).isEqualTo(new Spread(2, 1.25, 3));
  }

  @Test
  void a_figure_that_one_version_lacks_or_that_was_zero_has_no_ratio() {
    assertThat(Turn.of(null, 2.0).ratio()).isNull();
    assertThat(Turn.of(2.0, null).ratio()).isNull();
    assertThat(Turn.of(0.0, 2.0).ratio()).isNull();
    assertThat(Turn.of(2.0, 0.0).ratio()).isZero();

    ComparedPhase phase =
        ComparedPhase.of("phase", List.of(outcome("old", 1)), List.of(outcome("new", 2)));

    assertThat(phase.figures()).extracting(Figure::name).containsExactly("new", "old");
    assertThat(phase.figures()).extracting(Figure::ratio).containsOnlyNulls();
    assertThat(phase.figures().getFirst().before()).isNull();
    assertThat(phase.figures().getFirst().after()).isEqualTo(new Spread(2, 2, 2));
  }

  @Test
  void turns_without_a_partner_are_refused() {
    assertThatThrownBy(() -> ComparedPhase.of("phase", List.of(), List.of(outcome("x", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("turns must come in pairs, were 0 and 1");
  }

  @Test
  void the_costs_of_the_database_are_divided_by_the_orders() {
    assertThat(
            new DatabaseCosts.Counters(5_000, 3, 25, 10)
                .since(new DatabaseCosts.Counters(1_000, 1, 5, 2))
                .perOrder(4))
        .isEqualTo(
            Map.of(
                "WAL bytes/order", 1_000.0,
                "commits/order", 0.5,
                "rows inserted/order", 5.0,
                "rows updated/order", 2.0));
  }

  @Test
  void a_version_is_named_by_its_commit_or_its_folder() {
    assertThat(Version.of(Path.of("/x/target/app/1a2b3c/reserva-server.jar")).name())
        .isEqualTo("1a2b3c");
    assertThat(Version.of(Path.of("/x/my server/reserva-server.jar")).name())
        .isEqualTo("my-server");
    assertThatThrownBy(() -> new Version("a/b", Path.of("server.jar")))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("was 'a/b'");
  }

  @Test
  void the_file_is_named_by_both_versions() {
    assertThat(results(false).fileName()).isEqualTo("2026-11-25-abc123-against-def456.json");
    assertThat(results(true).fileName()).isEqualTo("2026-11-25-abc123-against-def456-quick.json");
  }

  @Test
  void the_json_has_every_turn_and_the_spread_of_the_ratios() {
    JsonNode json = JsonMapper.shared().readTree(results(false).json());

    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder(
            "at",
            "before",
            "after",
            "machine",
            "options",
            "phases",
            "verifiedBefore",
            "verifiedAfter");
    assertThat(json.at("/options/turns").asInt()).isEqualTo(5);
    assertThat(json.at("/phases/0/figures/0/turns/1/ratio").asDouble()).isEqualTo(2);
    assertThat(json.at("/phases/0/figures/0/ratio/max").asDouble()).isEqualTo(2);
    assertThat(json.at("/phases/0/foreignAfter/1/othersPercent").asDouble()).isEqualTo(20);
    assertThat(json.at("/verifiedAfter/confirmed").asLong()).isEqualTo(10);
  }

  @Test
  void the_table_tells_medians_ratios_spreads_and_disturbed_phases() {
    assertThat(ComparisonReport.of(results(false)))
        .contains("abc123 against def456")
        .containsPattern(
            "whole sagas, 8 clients +orders/s +1000 +1750 +1\\.75 +\\(1\\.50\\.\\.2\\.00\\)")
        .contains("! 21 % foreign CPU in one turn")
        .contains("verified def456: 10 accepted, 10 confirmed, 16 invariants hold");
  }

  private static ComparisonResults results(boolean quick) {
    Plan plan = quick ? Plan.shortened() : Plan.whole();
    return new ComparisonResults(
        "2026-11-25T16:00:00Z",
        "def456",
        "abc123",
        new Machine("Fast One", 2, 8192, "Linux 6", "25", 0.5),
        ComparisonResults.Settings.of(plan, List.of()),
        List.of(
            ComparedPhase.of(
                "whole sagas, 8 clients",
                List.of(outcome("orders/s", 1000), outcome("orders/s", 1000)),
                List.of(
                    outcome("orders/s", 1500),
                    new PhaseOutcome(Map.of("orders/s", 2000.0), 10, BUSY)))),
        VERIFIED,
        VERIFIED);
  }

  private static PhaseOutcome outcome(String figure, double value) {
    return new PhaseOutcome(Map.of(figure, value), 10, QUIET);
  }
}
