package dev.reserva.torture;

import dev.reserva.harness.Commit;
import dev.reserva.harness.Machine;
import dev.reserva.torture.scenarios.Scenarios;
import dev.reserva.torture.stage.Database;
import dev.reserva.torture.stage.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    description = {
      "Crashes and faults on servers of its own, on this machine only, judged from outside.",
      "Exit code 1 if anything acknowledged is lost or doubled, an invariant is broken, a server does"
          + " not recover, or a fault is not proven to have happened."
    })
public final class Main implements Callable<Integer> {
  private static final int FAILED = 1;

  @Option(names = "--short", description = "one round of each scenario, and no report")
  private boolean shortened;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description =
          "only this scenario, and no report; may be repeated. Names: ${COMPLETION-CANDIDATES}",
      completionCandidates = Names.class)
  private @Nullable List<String> only;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of all that is left to chance; without it, one is drawn and printed")
  private @Nullable Long seed;

  @Option(
      names = "--server",
      paramLabel = "JAR",
      description = "the server's packaged program; the launcher gives it")
  private @Nullable Path server;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "the document that a whole campaign writes its table to (default: ${DEFAULT-VALUE})")
  private Path report = Path.of("docs/reliability.md");

  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  /** What may follow {@code --only}. */
  static final class Names implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return Scenarios.all().stream().map(Scenario::name).iterator();
    }
  }

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main())
            // The launcher gives some; whoever types them again means it.
            .setOverwrittenOptionsAllowed(true)
            .execute(arguments));
  }

  @Command(
      name = "hold-database",
      hidden = true,
      description = "keeps a PostgreSQL until it is left")
  int holdDatabase(@Parameters(paramLabel = "FOLDER") Path folder) throws IOException {
    Database.hold(folder);
    return 0;
  }

  @Override
  public Integer call() throws Exception {
    Path jar = server;
    if (jar == null || !Files.isReadable(jar)) {
      throw wrong("--server must name the server's packaged program, was " + jar);
    }
    List<Scenario> scenarios = chosen();
    Machine machine = Machine.here();
    long chance = seed == null ? new SplittableRandom().nextLong() >>> 1 : seed;
    System.out.printf("seed %d, %d scenarios%n", chance, scenarios.size());
    Scale scale = shortened ? Scale.SHORT : Scale.FULL;
    long start = System.nanoTime();
    Map<Scenario, Outcome> outcomes = new Campaign(jar, scale, chance, System.out).play(scenarios);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (!shortened && only == null) {
      Path folder = report.toAbsolutePath().getParent();
      Report.write(
          report,
          new Report.Heading(
              LocalDate.now(ZoneOffset.UTC),
              Commit.of(folder == null ? report : folder, "docs/reliability.md"),
              machine,
              chance,
              took),
          outcomes);
      System.out.println("written to " + report);
    }
    long impossible =
        outcomes.values().stream().filter(Outcome.NotPossible.class::isInstance).count();
    long failed = outcomes.values().stream().filter(outcome -> !outcome.passed()).count();
    System.out.printf(
        "%d of %d scenarios passed in %d s%s%n",
        outcomes.size() - failed - impossible,
        outcomes.size(),
        took.toSeconds(),
        impossible == 0 ? "" : ", %d not possible here".formatted(impossible));
    return failed == 0 ? 0 : FAILED;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private List<Scenario> chosen() {
    List<Scenario> all = Scenarios.all();
    List<String> wanted = only;
    if (wanted == null) {
      return all;
    }
    for (String name : wanted) {
      if (all.stream().noneMatch(scenario -> scenario.name().equals(name))) {
        throw wrong(
            "there is no scenario '%s'; there are %s"
                .formatted(name, all.stream().map(Scenario::name).toList()));
      }
    }
    return all.stream().filter(scenario -> wanted.contains(scenario.name())).toList();
  }
}
