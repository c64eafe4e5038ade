package dev.reserva.torture;

import dev.reserva.postgres.Folders;
import dev.reserva.torture.stage.Scale;
import dev.reserva.torture.stage.Stage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plays scenarios one after the other, each on a stage of its own, and tells how it goes. */
public final class Campaign {
  private final Path jar;
  private final Scale scale;
  private final long seed;
  private final PrintStream out;

  /**
   * @param jar the server's packaged program
   * @param seed of everything that is left to chance here; what the kernel makes of it differs
   */
  public Campaign(Path jar, Scale scale, long seed, PrintStream out) {
    this.jar = jar;
    this.scale = scale;
    this.seed = seed;
    this.out = out;
  }

  /** Plays all of them, whatever comes of any; the outcomes in their order. */
  public Map<Scenario, Outcome> play(List<Scenario> scenarios)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("reserva-torture-");
    Map<Scenario, Outcome> outcomes = new LinkedHashMap<>();
    boolean keep = false;
    for (Scenario scenario : scenarios) {
      long start = System.nanoTime();
      Path own = Files.createDirectory(folder.resolve(scenario.name()));
      Outcome outcome = play(scenario, own);
      outcomes.put(scenario, outcome);
      out.println(line(scenario, outcome, Duration.ofNanos(System.nanoTime() - start)));
      if (outcome.passed()) {
        Folders.delete(own);
      } else {
        keep = true;
        out.println("    what was left behind: " + own);
      }
      out.flush();
    }
    if (!keep) {
      Folders.delete(folder);
    }
    return outcomes;
  }

  private Outcome play(Scenario scenario, Path folder) throws InterruptedException {
    Stage stage = new Stage(jar, folder, scale, seed ^ scenario.name().hashCode());
    Thread tidy = Thread.ofPlatform().unstarted(stage::close);
    Runtime.getRuntime().addShutdownHook(tidy);
    try {
      return scenario.play(stage);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      // Where it got stuck is told here only; the report says that it did.
      e.printStackTrace(out);
      return new Outcome.Aborted(String.valueOf(e));
    } finally {
      stage.close();
      Runtime.getRuntime().removeShutdownHook(tidy);
    }
  }

  private static String line(Scenario scenario, Outcome outcome, Duration took) {
    String told =
        switch (outcome) {
          case Outcome.Played played -> {
            var verdict = played.verdict();
            StringBuilder text =
                new StringBuilder(
                    "%s %d/%d · ok %d, failed %d, unknown %d · acknowledged %d, lost %d, doubled %d, broken %d · recover %s s · drain %s s"
                        .formatted(
                            played.passed() ? "passed" : "FAILED",
                            played.struck(),
                            played.rounds(),
                            verdict.ok(),
                            verdict.failed(),
                            verdict.unknown(),
                            verdict.acknowledged(),
                            verdict.lost(),
                            verdict.doubled(),
                            verdict.brokenCount() + played.findings().size(),
                            played.recovery(),
                            Outcome.seconds(verdict.drain())));
            if (!played.remark().isEmpty()) {
              text.append("\n    ").append(played.remark());
            }
            played.complaints().forEach(complaint -> text.append("\n    ! ").append(complaint));
            yield text.toString();
          }
          case Outcome.NotPossible(var why) -> "not possible here: " + why;
          case Outcome.Aborted(var why) -> "FAILED, not played to its end: " + why;
        };
    return "%-40s %4s s  %s".formatted(scenario.name(), took.toSeconds(), told);
  }
}
