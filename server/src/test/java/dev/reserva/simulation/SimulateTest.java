package dev.reserva.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.simulation.Simulate.Options;
import org.junit.jupiter.api.Test;

/** The options of {@code ./reserva simulate}. */
class SimulateTest {

  @Test
  void without_options_ten_thousand_seeds_run() {
    assertThat(Options.parse()).isEqualTo(new Options(1, 10_000, null));
  }

  @Test
  void one_seed_runs_alone() {
    assertThat(Options.parse("--seed", "4711")).isEqualTo(new Options(4711, 1, null));
  }

  @Test
  void many_seeds_begin_where_it_is_said_with_a_bug_planted() {
    assertThat(Options.parse("--seeds", "50", "--seed", "900", "--plant", "skip_the_fence"))
        .isEqualTo(new Options(900, 50, PlantedBug.SKIP_THE_FENCE));
  }

  @Test
  void invalid_values_are_refused() {
    assertThatThrownBy(() -> Options.parse("--seeds")).hasMessage("--seeds needs a value");
    assertThatThrownBy(() -> Options.parse("--seeds", "0"))
        .hasMessage("--seeds must be 1 or more, was 0");
    assertThatThrownBy(() -> Options.parse("--fast", "1")).hasMessage("there is no option --fast");
    assertThatThrownBy(() -> Options.parse("--plant", "weeds"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
