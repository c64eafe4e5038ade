package dev.reserva.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of schedules of the real services, in which everything may go wrong.
 *
 * <p>A failure names its seed; {@code ./reserva simulate --seed N} plays exactly that schedule.
 */
class SimulationTest {

  private static final int SCHEDULES = 2_500;

  /** A slow machine plays fewer; at least so many are played. */
  private static final Duration ENOUGH = Duration.ofSeconds(25);

  private static final int AT_LEAST = 500;

  /** Each planted bug shows itself in every few schedules. */
  private static final int FOUND_WITHIN = 200;

  @BeforeAll
  static void silence() {
    Simulation.silence();
  }

  @AfterAll
  static void speak() {
    Simulation.speak();
  }

  @Test
  void whatever_happens_the_invariants_hold() {
    long end = System.nanoTime() + ENOUGH.toNanos();
    Tally tally = new Tally();
    int played = 0;
    while (played < SCHEDULES && (played < AT_LEAST || System.nanoTime() < end)) {
      played++;
      Verdict verdict = Simulation.play(played, null);
      assertThat(verdict.violation()).as(verdict.report(null)).isNull();
      tally.add(verdict.tally());
    }
    System.out.printf("simulated schedules=%d seeds=1..%d%n", played, played);
    // A simulation in which nothing goes wrong proves nothing.
    assertThat(tally.never()).as("what has not happened once").isEmpty();
  }

  @Test
  void a_seed_always_plays_the_same() {
    for (long seed = 1; seed <= 20; seed++) {
      Verdict first = Simulation.play(seed, null);
      Verdict second = Simulation.play(seed, null);
      assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
      assertThat(second.last()).isEqualTo(first.last());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_planted_bug_is_found(PlantedBug bug) {
    for (long seed = 1; seed <= FOUND_WITHIN; seed++) {
      Verdict verdict = Simulation.play(seed, bug);
      if (verdict.violation() != null) {
        System.out.println(verdict.report(bug));
        return;
      }
    }
    throw new AssertionError("%s was not found in %d schedules".formatted(bug, FOUND_WITHIN));
  }
}
