package dev.reserva.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How programs of PostgreSQL, and those around it, are run here. */
final class Programs {
  private Programs() {}

  /**
   * The command to run one of PostgreSQL's programs: as root it refuses, so root runs it in a user
   * namespace in which it is nobody, while its files stay root's.
   */
  static List<String> unprivileged(Path program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(program.toString());
    command.addAll(arguments);
    return command;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** A process builder in which nothing of the caller's own PostgreSQL settings is left. */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
    environment.put("LC_ALL", "C");
    return builder;
  }

  /**
   * Runs a short command to its end.
   *
   * @return what it printed
   * @throws PostgresFailure with what it printed, if it fails or takes longer than a minute
   */
  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = builder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      // Short commands print less than a pipe holds, so that waiting first cannot block them.
      boolean ended = process.waitFor(1, TimeUnit.MINUTES);
      if (!ended) {
        throw new PostgresFailure(command.getFirst() + " did not end within a minute");
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new PostgresFailure("%s failed: %s".formatted(command.getFirst(), output));
      }
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Tells a clear story where root may not make user namespaces. */
  static void requireRunnable() throws IOException, InterruptedException {
    if (!isRoot()) {
      return;
    }
    try {
      run(List.of("unshare", "-U", "true"));
    } catch (PostgresFailure | IOException e) {
      throw new PostgresFailure(
          "PostgreSQL does not run as root, and user namespaces (unshare -U) are not allowed here;"
              + " run as another user or use an external database",
          e);
    }
  }
}
