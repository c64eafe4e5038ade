package dev.reserva.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.reserva.torture.environment.Scale;
import dev.reserva.torture.scenarios.Scenarios;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One round of each scenario that no other test covers, on the server that the build has just
 * packaged. {@code ./reserva torture} runs the others, with dozens of rounds.
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
        new Campaign(JAR.toRealPath(), Scale.SHORT, seed, System.out).run(chosen);

    for (Outcome outcome : outcomes.values()) {
      if (outcome instanceof Outcome.Completed completed) {
        assertThat(completed.allFindings()).as("seed %d", seed).isEmpty();
        assertThat(completed.passed()).as("seed %d: %s", seed, completed).isTrue();
        assertThat(completed.verdict().acknowledged()).isPositive();
      } else {
        fail("seed %d: %s", seed, outcome);
      }
    }
  }
}
