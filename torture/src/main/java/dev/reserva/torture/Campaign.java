package dev.reserva.torture;

import dev.reserva.postgres.Folders;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.Scale;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs scenarios one after another, each in an environment of its own, and prints the outcomes. */
public final class Campaign {
  private final Path jar;
  private final Scale scale;
  private final long seed;
  private final PrintStream out;

  /**
   * @param jar the server's packaged program
   * @param seed of all random choices of this program; the timing of processes still differs
   */
  public Campaign(Path jar, Scale scale, long seed, PrintStream out) {
    this.jar = jar;
    this.scale = scale;
    this.seed = seed;
    this.out = out;
  }

  /** Runs all scenarios, whatever their outcomes; returns the outcomes in the same order. */
  public Map<Scenario, Outcome> run(List<Scenario> scenarios)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("reserva-torture-");
    Map<Scenario, Outcome> outcomes = new LinkedHashMap<>();
    boolean keep = false;
    for (Scenario scenario : scenarios) {
      long start = System.nanoTime();
      Path own = Files.createDirectory(folder.resolve(scenario.name()));
      Outcome outcome = run(scenario, own);
      outcomes.put(scenario, outcome);
      out.println(line(scenario, outcome, Duration.ofNanos(System.nanoTime() - start)));
      if (outcome.passed()) {
        Folders.delete(own);
      } else {
        keep = true;
        out.println("    the files are kept: " + own);
      }
      out.flush();
    }
    if (!keep) {
      Folders.delete(folder);
    }
    return outcomes;
  }

  private Outcome run(Scenario scenario, Path folder) throws InterruptedException {
    Environment environment =
        new Environment(jar, folder, scale, seed ^ scenario.name().hashCode());
    Thread cleanUp = Thread.ofPlatform().unstarted(environment::close);
    Runtime.getRuntime().addShutdownHook(cleanUp);
    try {
      return scenario.run(environment);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      // The stack trace is printed here; the report has only the message.
      e.printStackTrace(out);
      return new Outcome.Aborted(String.valueOf(e));
    } finally {
      environment.close();
      Runtime.getRuntime().removeShutdownHook(cleanUp);
    }
  }

  private static String line(Scenario scenario, Outcome outcome, Duration took) {
    String text =
        switch (outcome) {
          case Outcome.Completed completed -> {
            var verdict = completed.verdict();
            StringBuilder details =
                new StringBuilder(
                    "%s %d/%d · ok %d, failed %d, unknown %d · acknowledged %d, lost %d, doubled %d, broken %d · recover %s s · drain %s s"
                        .formatted(
                            completed.passed() ? "passed" : "FAILED",
                            completed.proven(),
                            completed.rounds(),
                            verdict.ok(),
                            verdict.failed(),
                            verdict.unknown(),
                            verdict.acknowledged(),
                            verdict.lost(),
                            verdict.doubled(),
                            verdict.brokenCount() + completed.findings().size(),
                            completed.recovery(),
                            Outcome.seconds(verdict.drain())));
            if (!completed.remark().isEmpty()) {
              details.append("\n    ").append(completed.remark());
            }
            completed.allFindings().forEach(finding -> details.append("\n    ! ").append(finding));
            yield details.toString();
          }
          case Outcome.NotPossible(var why) -> "not possible here: " + why;
          case Outcome.Aborted(var why) -> "FAILED, did not run to its end: " + why;
        };
    return "%-40s %4s s  %s".formatted(scenario.name(), took.toSeconds(), text);
  }
}
