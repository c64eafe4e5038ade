package dev.reserva.bench;

import dev.reserva.bench.transports.Programs;
import dev.reserva.bench.transports.TransportComparison;
import dev.reserva.bench.transports.TransportReport;
import dev.reserva.bench.transports.TransportResults;
import dev.reserva.cluster.Transport;
import dev.reserva.harness.Commit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a server that it starts, and in the same run a baseline of plain database work;",
      "two versions of the server in turn; or the transports.",
      "Exit code 1, and no results file, if an accepted order was not confirmed or an invariant is broken."
    })
final class Main implements Callable<Integer> {
  private static final int FAILED = 1;

  @Mixin private PlanOptions plan = new PlanOptions();

  @Option(
      names = "--server",
      required = true,
      paramLabel = "JAR",
      description = "the server's packaged program")
  private Path server = Path.of("reserva-server.jar");

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where the results file goes (default: ${DEFAULT-VALUE})")
  private Path results = Path.of("bench/results");

  @Option(
      names = "--history",
      paramLabel = "FILE.csv[.gz]",
      description = "a shop's history to replay at full speed (see replay); none if absent")
  private @Nullable Path history;

  @Option(
      names = "--million",
      arity = "0..1",
      fallbackValue = "1000000",
      paramLabel = "ORDERS",
      description =
          "only this: what an order costs with 10,000 stored orders and with this number"
              + " (default: a million, which take 25 GB of disk)")
  private @Nullable Long million;

  @Option(
      names = "--against",
      paramLabel = "JAR",
      description =
          "only this: measures the server in turn with this one, phase by phase, and prints the"
              + " ratio of each figure; a packaged program with its libraries beside it (the launcher"
              + " also takes a commit, and builds it)")
  private @Nullable Path against;

  @Option(
      names = "--against-name",
      paramLabel = "NAME",
      description = "name of the other version (default: the folder of its JAR)")
  private @Nullable String againstName;

  @Option(
      names = "--transport",
      split = ",",
      paramLabel = "postgres|rabbitmq|kafka",
      description =
          "only this: measures one process and a split system on each of these transports, in turn"
              + " with one process on PostgreSQL, and beside the limit of the broker; such as"
              + " --transport postgres,rabbitmq,kafka for all")
  private @Nullable List<String> transports;

  @Option(
      names = "--kafka-broker",
      paramLabel = "JAR",
      description = "with --transport kafka: the packaged broker; the launcher gives it")
  private @Nullable Path kafkaBroker;

  @Option(
      names = "--broker-tools",
      paramLabel = "DIR",
      description =
          "with --transport: the JARs of the brokers' own load tools; the launcher gives it")
  private @Nullable Path brokerTools;

  @Option(
      names = "--java-option",
      paramLabel = "OPTION",
      description = "an additional option for the JVM of each server; may be repeated")
  private @Nullable List<String> javaOptions;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main())
            // The launcher sets some options; those of the caller override them.
            .setOverwrittenOptionsAllowed(true)
            .setExecutionExceptionHandler((failure, command, _) -> report(failure, command))
            .execute(arguments));
  }

  private static int report(Exception failure, CommandLine command) throws Exception {
    if (failure instanceof BenchFailure) {
      command.getErr().println("reserva: " + failure.getMessage());
      return FAILED;
    }
    throw failure;
  }

  @Override
  public Integer call() throws Exception {
    // Checked before the measurement, which takes long.
    Files.createDirectories(results);
    if (history != null && !Files.isReadable(history)) {
      throw new BenchFailure("the history cannot be read: " + history);
    }
    if (Stream.of(against, million, transports).filter(Objects::nonNull).count() > 1) {
      throw new BenchFailure("--against, --million and --transport exclude each other");
    }
    List<String> options = javaOptions == null ? List.of() : List.copyOf(javaOptions);
    if (transports != null) {
      compareTransports(transports, options);
      return 0;
    }
    if (against != null) {
      compare(against, options);
      return 0;
    }
    if (million != null) {
      Growth.Figures growth =
          new Growth(plan.plan(), server, options, million)
              .run(Commit.of(results, "bench/results"));
      System.out.println();
      System.out.print(growth.table());
      write(growth.fileName(), growth.json());
      return 0;
    }
    Results measured =
        new Bench(plan.plan(), server, options, Commit.of(results, "bench/results"), history).run();
    System.out.println();
    System.out.print(Report.of(measured));
    write(measured.fileName(), measured.json());
    return 0;
  }

  private void compare(Path jar, List<String> options) throws Exception {
    Version before =
        againstName == null ? Version.of(packaged(jar)) : new Version(againstName, packaged(jar));
    Version after = new Version(Commit.of(results, "bench/results"), packaged(server));
    ComparisonResults compared = new Comparison(plan.plan(), before, after, options).run();
    System.out.println();
    System.out.print(ComparisonReport.of(compared));
    write(compared.fileName(), compared.json());
  }

  private void compareTransports(List<String> names, List<String> options) throws Exception {
    Set<Transport> chosen = EnumSet.noneOf(Transport.class);
    for (String name : names) {
      chosen.add(
          Arrays.stream(Transport.values())
              .filter(each -> each.label().equals(name))
              .findFirst()
              .orElseThrow(() ->
                  new BenchFailure(
                      "--transport must be postgres, rabbitmq or kafka, was " + name)));
    }
    TransportResults compared =
        new TransportComparison(
                plan.plan(),
                chosen,
                new Programs(packaged(server), kafkaBroker, brokerTools),
                Commit.of(results, "bench/results"),
                options)
            .run();
    System.out.println();
    System.out.print(TransportReport.of(compared));
    write(compared.fileName(), compared.json());
  }

  /** Checks that a packaged program has its libraries beside it. */
  private static Path packaged(Path jar) {
    if (!Files.isReadable(jar)) {
      throw new BenchFailure("there is no program to compare: " + jar);
    }
    if (!Files.isDirectory(jar.toAbsolutePath().resolveSibling("lib"))) {
      throw new BenchFailure(
          "%s has no folder lib beside it: extract it (java -Djarmode=tools -jar %s extract)"
              .formatted(jar, jar.getFileName()));
    }
    return jar;
  }

  private void write(String name, String json) throws IOException {
    Path file = results.resolve(name);
    Files.writeString(file, json + "\n");
    System.out.println("written to " + file);
  }
}
