package dev.reserva.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs programs of PostgreSQL, and others around it. */
final class Programs {

  /**
   * Where programs, libraries and temporary files are found, and what time it is: libfaketime is
   * preloaded by the loader's variables.
   */
  private static final Pattern INHERITED =
      Pattern.compile("PATH|HOME|USER|LOGNAME|TMPDIR|TZ|LD_[A-Z_]+|(DONT_)?FAKE[A-Z_]+");

  private Programs() {}

  /**
   * The command that runs one of PostgreSQL's programs. These refuse to run as root, so root runs
   * them in a user namespace of their own; the files still belong to root.
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

  /**
   * A process builder whose environment has {@link #INHERITED} only: the caller's may hold secrets,
   * and variables that PostgreSQL reads.
   */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> !INHERITED.matcher(name).matches());
    environment.put("LC_ALL", "C");
    return builder;
  }

  /**
   * Runs a short command to its end.
   *
   * @return its output
   * @throws PostgresFailure if it fails, with its output, or takes longer than a minute
   */
  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = builder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      // These commands print less than a pipe holds, so waiting first does not block them.
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

  /** Throws an exception that names the reason if root may not create user namespaces. */
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
