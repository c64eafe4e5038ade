package dev.reserva.peers;

import dev.reserva.bench.BenchFailure;
import dev.reserva.harness.Commit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** The command line. */
@Command(
    name = "bench --peers",
    mixinStandardHelpOptions = true,
    subcommands = Main.ServeShop.class,
    description = {
      "Measures Reserva and the same saga on other libraries in one run, in turns.",
      "Exit code 1, and no results file, if one of them lost, doubled or miscounted anything."
    })
final class Main implements Callable<Integer> {
  private static final int FAILED = 1;

  @Option(names = "--quick", description = "three short turns: some four minutes")
  private boolean quick;

  // Not required, because the subcommand does not need it.
  @Option(names = "--server", paramLabel = "JAR", description = "Reserva's packaged program")
  private @Nullable Path server;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where the results file goes (default: ${DEFAULT-VALUE})")
  private Path results = Path.of("bench/results");

  private Main() {}

  public static void main(String[] arguments) {
    int code =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            // The launcher sets some options; those of the caller override them.
            .setOverwrittenOptionsAllowed(true)
            .setExecutionExceptionHandler((failure, command, _) -> report(failure, command))
            .execute(arguments);
    if (code != ServeShop.SERVING) {
      System.exit(code);
    }
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
    if (server == null || !Files.isReadable(server)) {
      throw new BenchFailure("--server must be Reserva's packaged program, was " + server);
    }
    Plan plan = quick ? Plan.shortened() : Plan.whole();
    Results measured =
        new Comparison(plan, server, ownJar(), Commit.of(results, "bench/results")).run();
    System.out.println();
    System.out.print(Report.of(measured));
    if (!measured.allRight()) {
      throw new BenchFailure("a check did not hold: no results file is written");
    }
    Path file = results.resolve(measured.fileName());
    Files.writeString(file, measured.json() + "\n");
    System.out.println("written to " + file);
    return 0;
  }

  /** {@code java -jar} puts the jar, and nothing else, on the class path. */
  private static Path ownJar() {
    Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    if (!Files.isRegularFile(jar)) {
      throw new BenchFailure(
          "the peers must be started from their packaged program, not from " + jar);
    }
    return jar;
  }

  /** Runs one shop until the process is ended. */
  @Command(
      name = "shop",
      description = "Runs one peer; options of Spring Boot configure its database.")
  static final class ServeShop implements Callable<Integer> {
    /** The shop's threads keep the JVM alive. */
    static final int SERVING = -1;

    @Parameters(paramLabel = "PEER", description = "${COMPLETION-CANDIDATES}")
    private @Nullable Peer peer;

    @Unmatched private @Nullable List<String> springOptions;

    @Override
    public Integer call() {
      Peer selected = Objects.requireNonNull(peer);
      String[] arguments =
          springOptions == null ? new String[0] : springOptions.toArray(new String[0]);
      ConfigurableApplicationContext shop = selected.open(arguments);
      System.out.println("The shop is up: " + Peer.url(shop));
      return SERVING;
    }
  }
}
