package dev.reserva.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.simulation.Verdict.Violation;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs thousands of schedules of the real services with faults of every kind.
 *
 * <p>A failure names its seed; {@code ./reserva simulate --seed N} repeats exactly that schedule.
 */
class SimulationTest {

  /** Seeds that always run, however busy the machine is. */
  private static final int SCHEDULES = 2_000;

  /** Each planted bug is found in fewer than 100 schedules. */
  private static final int FOUND_WITHIN = 300;

  @BeforeAll
  static void silence() {
    Simulation.silence();
  }

  @AfterAll
  static void speak() {
    Simulation.speak();
  }

  @Test
  void the_invariants_hold_in_every_schedule() {
    Tally tally = new Tally();
    for (long seed = 1; seed <= SCHEDULES; seed++) {
      Verdict verdict = Simulation.play(seed, null);
      assertThat(verdict.violation()).as(() -> verdict.report(null)).isNull();
      tally.add(verdict.tally());
    }
    System.out.printf("simulated schedules=%d seeds=1..%d%n", SCHEDULES, SCHEDULES);
    // A simulation without faults proves nothing.
    assertThat(tally.never()).as("what has not happened once").isEmpty();
  }

  @Test
  void the_same_seed_gives_the_same_run() {
    for (long seed = 1; seed <= 20; seed++) {
      Verdict first = Simulation.play(seed, null);
      Verdict second = Simulation.play(seed, null);
      assertThat(second.last()).isEqualTo(first.last());
      assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
      assertThat(second.steps()).isEqualTo(first.steps());
      assertThat(second.events()).isEqualTo(first.events());
    }
  }

  @Test
  void different_seeds_give_different_runs() {
    assertThat(Stream.iterate(1L, seed -> seed + 1).limit(50))
        .extracting(seed -> Simulation.play(seed, null).fingerprint())
        .doesNotHaveDuplicates();
  }

  static Stream<Arguments> planted() {
    return Stream.of(
        Arguments.of(
            PlantedBug.SKIP_THE_FENCE,
            Set.of(Invariant.EFFECTS_ONCE_AND_IN_ORDER, Invariant.DELIVERIES_ARE_COUNTED)),
        Arguments.of(
            PlantedBug.CONFIRM_AN_EXPIRED_RESERVATION, Set.of(Invariant.RESERVATION_ENDS_ONCE)),
        Arguments.of(PlantedBug.FORGET_WHO_WAITS, Set.of(Invariant.STOCK_ADDS_UP)),
        Arguments.of(PlantedBug.DROP_THE_PARKING_RULE, Set.of(Invariant.EFFECTS_ONCE_AND_IN_ORDER)),
        Arguments.of(PlantedBug.SHIP_THE_REST_TWICE, Set.of(Invariant.NOTHING_IS_SHIPPED_WRONGLY)),
        Arguments.of(
            PlantedBug.SHIP_FROM_THE_WRONG_PLACE, Set.of(Invariant.NOTHING_IS_SHIPPED_WRONGLY)),
        // The money that goes back twice is missed in the books, or at the end of the order.
        Arguments.of(
            PlantedBug.REFUND_WITH_NEW_KEYS,
            Set.of(Invariant.BOOKS_EQUAL_THE_PROVIDER, Invariant.ORDER_STOCK_AND_MONEY_AGREE)),
        Arguments.of(PlantedBug.SKIP_THE_KEY_CHECK, Set.of(Invariant.EFFECTS_ONCE_AND_IN_ORDER)),
        Arguments.of(
            PlantedBug.IGNORE_THE_HEAD,
            Set.of(Invariant.EFFECTS_ONCE_AND_IN_ORDER, Invariant.DELIVERIES_ARE_COUNTED)));
  }

  @ParameterizedTest
  @MethodSource("planted")
  void a_planted_bug_is_found_and_found_again_by_its_seed(PlantedBug bug, Set<Invariant> shownBy) {
    Verdict found =
        Stream.iterate(1L, seed -> seed <= FOUND_WITHIN, seed -> seed + 1)
            .map(seed -> Simulation.play(seed, bug))
            .filter(verdict -> verdict.violation() != null)
            .findFirst()
            .orElseThrow(
                () -> new AssertionError("no violation in %d schedules".formatted(FOUND_WITHIN)));

    Violation violation = Objects.requireNonNull(found.violation());
    assertThat(shownBy).as(found.report(bug)).contains(violation.invariant());
    assertThat(found.report(bug))
        .contains("./reserva simulate --seed %d --plant %s".formatted(found.seed(), bug));
    assertThat(Simulation.play(found.seed(), bug).violation()).isEqualTo(violation);
    assertThat(Simulation.play(found.seed(), null).violation()).isNull();
  }
}
