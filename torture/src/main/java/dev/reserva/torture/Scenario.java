package dev.reserva.torture;

import dev.reserva.torture.environment.Environment;

/**
 * A fault, and a run in which a server has to withstand it.
 *
 * @param name short and stable, for {@code --only}
 * @param fault what is done, in half a line
 * @param proof what proves that the fault happened, in half a line
 * @param script the run
 */
public record Scenario(String name, String fault, String proof, Script script) {

  /** The run of a scenario. */
  @FunctionalInterface
  public interface Script {

    /**
     * Runs the scenario from an empty folder to its verdict. The environment stops what the script
     * starts.
     */
    Outcome run(Environment environment) throws Exception;
  }

  public Outcome run(Environment environment) throws Exception {
    return script.run(environment);
  }
}
