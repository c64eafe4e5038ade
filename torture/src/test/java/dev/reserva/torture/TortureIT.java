package dev.reserva.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.reserva.torture.scenarios.Scenarios;
import dev.reserva.torture.stage.Scale;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One round each of the scenarios that nothing else in the tests comes near, on the server that the
 * build has just packaged. The others, and dozens of rounds, are {@code ./reserva torture}'s.
 */
class TortureIT {
  private static final Path JAR = Path.of("../server/target/reserva-server.jar");

  @ParameterizedTest
  @ValueSource(strings = {"kill-database", "die-after-effect-before-commit", "half-open-database"})
  void nothing_acknowledged_is_lost_or_doubled_and_no_invariant_is_broken(String name)
      throws Exception {
    assertThat(JAR).as("packaged by mvn verify of the whole").isRegularFile();
    long seed = new SplittableRandom().nextLong() >>> 1;
    List<Scenario> chosen =
        Scenarios.all().stream().filter(scenario -> scenario.name().equals(name)).toList();
    assertThat(chosen).hasSize(1);

    Map<Scenario, Outcome> outcomes =
        new Campaign(JAR.toRealPath(), Scale.SHORT, seed, System.out).play(chosen);

    for (Outcome outcome : outcomes.values()) {
      if (outcome instanceof Outcome.Played played) {
        assertThat(played.complaints()).as("seed %d", seed).isEmpty();
        assertThat(played.passed()).as("seed %d: %s", seed, played).isTrue();
        assertThat(played.verdict().acknowledged()).isPositive();
      } else {
        fail("seed %d: %s", seed, outcome);
      }
    }
  }
}
