package dev.reserva.bench.transports;

import dev.reserva.bench.BenchFailure;
import dev.reserva.harness.Children;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the brokers' own load tools, each in a JVM of its own.
 *
 * @param libraries folder with their JARs
 * @param folder for their output
 */
record LoadTool(Path libraries, Path folder) {

  /** Without a configuration the tools' logging writes every detail, which would slow them down. */
  private static final String LOGGING =
      """
      <configuration>
        <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%level %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="STDOUT"/></root>
      </configuration>
      """;

  /** A tool that runs. */
  static final class Running implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path output;

    private Running(String name, Process process, Path output) {
      this.name = name;
      this.process = process;
      this.output = output;
    }

    /**
     * Waits until it has ended.
     *
     * @return its output
     * @throws BenchFailure if it has failed, or has not ended at the time-out
     */
    String await(Duration timeout) throws IOException, InterruptedException {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BenchFailure("%s has not ended after %s:%n%s".formatted(name, timeout, text()));
      }
      if (process.exitValue() != 0) {
        throw new BenchFailure(
            "%s has ended with %d:%n%s".formatted(name, process.exitValue(), text()));
      }
      return text();
    }

    private String text() throws IOException {
      return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /**
   * Starts a tool without waiting for it.
   *
   * @param main its main class
   * @param environment beside the inherited variables; for secrets, since other users can read
   *     command lines
   */
  Running start(String main, Map<String, String> environment, List<String> arguments)
      throws IOException {
    Path logging = Files.writeString(folder.resolve("tools-logback.xml"), LOGGING);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlogback.configurationFile=" + logging.toAbsolutePath());
    command.addAll(List.of("-Xmx512m", "-cp", libraries.resolve("*").toString(), main));
    command.addAll(arguments);
    Path output = Files.createTempFile(folder, "tool-", ".log");
    ProcessBuilder builder = Children.builder(command);
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    return new Running(main.substring(main.lastIndexOf('.') + 1), process, output);
  }

  /** Runs a tool to its end; returns its output. */
  String run(String main, List<String> arguments, Duration timeout)
      throws IOException, InterruptedException {
    try (Running running = start(main, Map.of(), arguments)) {
      return running.await(timeout);
    }
  }
}
