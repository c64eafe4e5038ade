package dev.reserva.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.simulation.Simulate.Wish;
import org.junit.jupiter.api.Test;

/** What {@code ./reserva simulate} understands. */
class SimulateTest {

  @Test
  void without_options_ten_thousand_seeds_are_played() {
    assertThat(Wish.parse()).isEqualTo(new Wish(1, 10_000, null));
  }

  @Test
  void one_seed_is_played_alone() {
    assertThat(Wish.parse("--seed", "4711")).isEqualTo(new Wish(4711, 1, null));
  }

  @Test
  void many_seeds_begin_where_it_is_said_with_a_bug_planted() {
    assertThat(Wish.parse("--seeds", "50", "--seed", "900", "--plant", "skip_the_fence"))
        .isEqualTo(new Wish(900, 50, PlantedBug.SKIP_THE_FENCE));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> Wish.parse("--seeds")).hasMessage("--seeds needs a value");
    assertThatThrownBy(() -> Wish.parse("--seeds", "0"))
        .hasMessage("--seeds must be 1 or more, was 0");
    assertThatThrownBy(() -> Wish.parse("--fast", "1")).hasMessage("there is no option --fast");
    assertThatThrownBy(() -> Wish.parse("--plant", "weeds"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
