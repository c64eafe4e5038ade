package dev.reserva.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PlanOptionsTest {

  @Test
  void without_options_the_whole_plan_is_measured_and_with_quick_the_short_one() {
    assertThat(plan()).isEqualTo(Plan.whole());
    assertThat(plan("--quick")).isEqualTo(Plan.shortened());
  }

  @Test
  void each_length_and_the_turns_can_be_chosen() {
    Plan plan =
        plan(
            "--turns=7",
            "--warm-up=1",
            "--phase=2",
            "--open-loop=3",
            "--idle=4",
            "--overload=5",
            "--hold=10");

    assertThat(plan.turns()).isEqualTo(7);
    assertThat(plan.warmUp()).isEqualTo(Duration.ofSeconds(1));
    assertThat(plan.phase()).isEqualTo(Duration.ofSeconds(2));
    assertThat(plan.openLoop()).isEqualTo(Duration.ofSeconds(3));
    assertThat(plan.idle()).isEqualTo(Duration.ofSeconds(4));
    assertThat(plan.overload()).isEqualTo(Duration.ofSeconds(5));
    assertThat(plan.hold()).isEqualTo(Duration.ofSeconds(10));
    assertThat(plan.skus()).isEqualTo(Plan.whole().skus());
  }

  @ParameterizedTest
  @CsvSource({
    "--turns, 2, '--turns must be 3..15, was 2'",
    "--turns, 16, '--turns must be 3..15, was 16'",
    "--warm-up, 301, '--warm-up must be 1..300, was 301'",
    "--phase, 0, '--phase must be 1..120, was 0'",
    "--open-loop, 121, '--open-loop must be 1..120, was 121'",
    "--idle, -1, '--idle must be 1..120, was -1'",
    "--overload, 121, '--overload must be 1..120, was 121'",
    "--hold, 9, '--hold must be 10..1800, was 9'"
  })
  void what_is_out_of_its_bounds_is_refused(String option, String value, String message) {
    assertThatThrownBy(() -> plan(option + "=" + value))
        .isInstanceOf(BenchFailure.class)
        .hasMessage(message);
  }

  private static Plan plan(String... arguments) {
    PlanOptions options = new PlanOptions();
    new CommandLine(options).parseArgs(arguments);
    return options.plan();
  }
}
