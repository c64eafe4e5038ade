package dev.reserva.dependencies;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fails if an advisory concerns a dependency. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Looks for known vulnerabilities among the server's dependencies.")
final class Audit implements Callable<Integer> {
  static final int FOUND = 1;
  static final int NOT_CHECKED = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--sbom",
      required = true,
      paramLabel = "FILE",
      description = "CycloneDX document of the dependencies, in JSON")
  private Path sbom = Path.of("bom.json");

  @Option(
      names = "--accepted",
      required = true,
      paramLabel = "FILE",
      description = "findings to accept, each with its reason")
  private Path accepted = Path.of("advisories.txt");

  @Option(
      names = "--database",
      paramLabel = "ZIP-OR-DIR",
      description = "export of OSV's advisories for Maven")
  private @Nullable Path database;

  private Audit() {}

  public static void main(String[] arguments) {
    System.exit(execute(new PrintWriter(System.out, true, StandardCharsets.UTF_8), arguments));
  }

  static int execute(PrintWriter out, String... arguments) {
    return new CommandLine(new Audit())
        .setOut(out)
        .setErr(out)
        .setExecutionExceptionHandler((failure, command, _) -> {
          if (failure instanceof AuditFailure) {
            command.getErr().println("reserva: " + failure.getMessage());
            return NOT_CHECKED;
          }
          throw failure;
        })
        .execute(arguments);
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Component> components = Component.ofSbom(sbom);
    Accepted lived = Accepted.of(accepted);
    List<String> found = new ArrayList<>();
    List<String> tolerated = new ArrayList<>();
    int[] known = {0};
    Advisories.known(advisory -> {
      known[0]++;
      look(components, advisory, lived, found, tolerated);
    });
    int read =
        database == null
            ? 0
            : Advisories.of(
                database, advisory -> look(components, advisory, lived, found, tolerated));
    found.stream().distinct().forEach(line -> out.println("vulnerable: " + line));
    tolerated.stream().distinct().forEach(line -> out.println("accepted: " + line));
    out.printf(
        "%d dependencies, %d advisories, %d findings, %d accepted%n",
        components.size(),
        known[0] + read,
        found.stream().distinct().count(),
        tolerated.stream().distinct().count());
    if (database == null) {
      out.println(
          """
          Only the advisories that this project knows were checked. For all that are published, on a machine with a network:
            curl -O https://osv-vulnerabilities.storage.googleapis.com/Maven/all.zip
            RESERVA_VULNERABILITIES=all.zip ./reserva audit\
          """);
    }
    return found.isEmpty() ? 0 : FOUND;
  }

  private static void look(
      List<Component> components,
      Advisory advisory,
      Accepted accepted,
      List<String> found,
      List<String> tolerated) {
    for (Component component : components) {
      if (advisory.concerns(component)) {
        (accepted.contains(advisory, component) ? tolerated : found)
            .add("%s: %s %s".formatted(component, advisory.label(), advisory.summary()));
      }
    }
  }
}
