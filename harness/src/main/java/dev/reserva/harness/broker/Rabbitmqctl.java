package dev.reserva.harness.broker;

import dev.reserva.harness.Children;
import dev.reserva.harness.HarnessFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * RabbitMQ's command-line tool. A call takes about a second, most of it to start an Erlang VM.
 *
 * @param program the tool
 * @param environment names the node; without it, the machine's node
 */
record Rabbitmqctl(Path program, Map<String, String> environment) {

  /**
   * Runs a command to its end.
   *
   * @param input the command's standard input; secrets go here, because other users can read
   *     command lines
   * @return its output
   * @throws HarnessFailure if it fails, with its output, or takes longer than a minute
   */
  String run(String input, List<String> arguments) throws IOException, InterruptedException {
    Process process = builder(command(arguments)).redirectErrorStream(true).start();
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      // Commands print less than a pipe holds, so waiting first does not block them.
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new HarnessFailure(
            "rabbitmqctl %s did not end within a minute".formatted(arguments.getFirst()));
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new HarnessFailure(
            "rabbitmqctl %s failed: %s".formatted(arguments.getFirst(), output));
      }
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString(), "--quiet"));
    command.addAll(arguments);
    return command;
  }

  /** A process builder with the environment that names the node. */
  ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = Children.isolated(command);
    builder.environment().put("ERL_CRASH_DUMP_SECONDS", "0"); // it would go to the working folder
    builder.environment().putAll(environment);
    return builder;
  }
}
