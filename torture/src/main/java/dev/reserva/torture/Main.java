package dev.reserva.torture;

import dev.reserva.cluster.Transport;
import dev.reserva.harness.Commit;
import dev.reserva.harness.Machine;
import dev.reserva.torture.environment.Database;
import dev.reserva.torture.environment.Scale;
import dev.reserva.torture.scenarios.Scenarios;
import dev.reserva.torture.scenarios.SplitPrograms;
import dev.reserva.torture.scenarios.SplitScenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      "Injects crashes and faults into servers that it starts on this machine, and checks them from outside.",
      "Exit code 1 if anything acknowledged is lost or doubled, an invariant is broken, a server does"
          + " not recover, or a fault is not proven to have happened."
    })
public final class Main implements Callable<Integer> {
  private static final int FAILED = 1;

  @Option(
      names = "--transport",
      paramLabel = "rabbitmq|kafka",
      converter = TransportNames.class,
      description =
          "the scenarios of a split system, whose services have databases of their own and this"
              + " broker between them; without it, those of one server")
  private @Nullable Transport transport;

  @Option(
      names = "--kafka-broker",
      paramLabel = "JAR",
      description = "the packaged broker for --transport kafka; the launcher gives it")
  private @Nullable Path kafkaBroker;

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
      description = "seed of all random choices; without it, a random one is used and printed")
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
          "the document into which a whole campaign writes its table (default: ${DEFAULT-VALUE})")
  private Path report = Path.of("docs/reliability.md");

  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  /** The names that {@code --only} takes, without and with {@code --transport}. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(
              Scenarios.all().stream(),
              SplitScenarios.all(new SplitPrograms(Transport.RABBITMQ, null)).stream())
          .map(Scenario::name)
          .distinct()
          .iterator();
    }
  }

  /** The transports with a broker. */
  static final class TransportNames implements CommandLine.ITypeConverter<Transport> {
    @Override
    public Transport convert(String value) {
      return switch (value) {
        case "rabbitmq" -> Transport.RABBITMQ;
        case "kafka" -> Transport.KAFKA;
        default ->
            throw new CommandLine.TypeConversionException(
                "must be rabbitmq or kafka, was " + value);
      };
    }
  }

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main())
            // The launcher sets some options; those of the caller override them.
            .setOverwrittenOptionsAllowed(true)
            .execute(arguments));
  }

  @Command(
      name = "hold-database",
      hidden = true,
      description = "runs a PostgreSQL until its standard input ends")
  int holdDatabase(@Parameters(paramLabel = "FOLDER") Path folder) throws IOException {
    Database.hold(folder);
    return 0;
  }

  @Override
  public Integer call() throws Exception {
    Path jar = server;
    if (jar == null || !Files.isReadable(jar)) {
      throw invalid("--server must name the server's packaged program, was " + jar);
    }
    List<Scenario> scenarios = selected();
    Machine machine = Machine.here();
    long chosenSeed = seed == null ? new SplittableRandom().nextLong() >>> 1 : seed;
    System.out.printf("seed %d, %d scenarios%n", chosenSeed, scenarios.size());
    Scale scale = shortened ? Scale.SHORT : Scale.FULL;
    long start = System.nanoTime();
    Map<Scenario, Outcome> outcomes =
        new Campaign(jar, scale, chosenSeed, System.out).run(scenarios);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (!shortened && only == null) {
      Path folder = report.toAbsolutePath().getParent();
      Report.write(
          report,
          transport == null ? Report.Place.ONE_SERVER : Report.Place.splitSystem(transport),
          new Report.Heading(
              LocalDate.now(ZoneOffset.UTC),
              Commit.of(folder == null ? report : folder, "docs/reliability.md"),
              machine,
              chosenSeed,
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

  private ParameterException invalid(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private @Nullable Path requireBroker(Transport chosen) {
    Path broker = kafkaBroker;
    if (chosen == Transport.KAFKA && (broker == null || !Files.isReadable(broker))) {
      throw invalid("--kafka-broker must name the packaged module kafka-broker, was " + broker);
    }
    return broker;
  }

  private List<Scenario> selected() {
    List<Scenario> all =
        transport == null
            ? Scenarios.all()
            : SplitScenarios.all(new SplitPrograms(transport, requireBroker(transport)));
    List<String> names = only;
    if (names == null) {
      return all;
    }
    for (String name : names) {
      if (all.stream().noneMatch(scenario -> scenario.name().equals(name))) {
        throw invalid(
            "there is no scenario '%s'; there are %s"
                .formatted(name, all.stream().map(Scenario::name).toList()));
      }
    }
    return all.stream().filter(scenario -> names.contains(scenario.name())).toList();
  }
}
