package dev.reserva.bench;

import dev.reserva.harness.Commit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a server of its own, and in the same run the plain database work it is compared with.",
      "Exit code 1, and no results file, if an accepted order was not confirmed or an invariant is broken."
    })
final class Main implements Callable<Integer> {
  private static final int FAILED = 1;

  @Option(
      names = "--quick",
      description = "1,000 instead of 10,000 products and short phases: a minute and a half")
  private boolean quick;

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
      names = "--java-option",
      paramLabel = "OPTION",
      description = "one more option for the server's JVM; may be repeated")
  private @Nullable List<String> javaOptions;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main())
            // The launcher gives some; whoever types them again means it.
            .setOverwrittenOptionsAllowed(true)
            .setExecutionExceptionHandler((failure, command, _) -> told(failure, command))
            .execute(arguments));
  }

  private static int told(Exception failure, CommandLine command) throws Exception {
    if (failure instanceof BenchFailure) {
      command.getErr().println("reserva: " + failure.getMessage());
      return FAILED;
    }
    throw failure;
  }

  @Override
  public Integer call() throws Exception {
    // Now rather than after all the work.
    Files.createDirectories(results);
    Plan plan = quick ? Plan.shortened() : Plan.whole();
    List<String> options = javaOptions == null ? List.of() : List.copyOf(javaOptions);
    Results measured = new Bench(plan, server, options, Commit.of(results, "bench/results")).run();
    System.out.println();
    System.out.print(Report.of(measured));
    Path file = results.resolve(measured.fileName());
    Files.writeString(file, measured.json() + "\n");
    System.out.println("written to " + file);
    return 0;
  }
}
