package dev.reserva.bench;

import dev.reserva.harness.Children;
import dev.reserva.harness.ProcessCpu;
import dev.reserva.postgres.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process of a measured server: the packaged program with its embedded database, on a temporary
 * folder that is deleted with it.
 */
public final class ServerProcess implements AutoCloseable {
  /** The heap of each server. */
  public static final String HEAP = "-Xmx512m";

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Pattern UP = Pattern.compile("Reserva is up: (http://localhost:\\d+)");

  private final Path folder;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Thread hook = Thread.ofPlatform().unstarted(this::end);
  private Process process;
  private int starts = 1;

  private ServerProcess(Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    this.folder = folder;
    this.command = command;
    this.environment = environment;
    this.process = launch();
  }

  /**
   * Starts the server; {@link #awaitUp} waits for it.
   *
   * @param javaOptions more options for its JVM
   */
  public static ServerProcess start(Path jar, List<String> javaOptions) throws IOException {
    return start(jar, javaOptions, Map.of());
  }

  /**
   * The same with variables of the environment.
   *
   * @param environment beside the inherited variables
   */
  public static ServerProcess start(
      Path jar, List<String> javaOptions, Map<String, String> environment) throws IOException {
    Path folder = Files.createTempDirectory("reserva-bench-");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(HEAP);
    command.addAll(List.of("-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError")); // as ./reserva up
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", jar.toString(), "up", "--port", "0"));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    ServerProcess server = new ServerProcess(folder, command, environment);
    Runtime.getRuntime().addShutdownHook(server.hook);
    return server;
  }

  private Process launch() throws IOException {
    ProcessBuilder builder = Children.builder(command);
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
  }

  /** Shuts the server down and starts it on the same folder; {@link #awaitUp} waits for it. */
  void restart() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new BenchFailure(
          "the server did not stop within %s:\n".formatted(STOP_LIMIT) + lastLogLines());
    }
    starts++;
    process = launch();
  }

  /** Each start has a log file of its own. */
  private Path log() {
    return folder.resolve("server-" + starts + ".log");
  }

  /** The server's data folder. */
  Path data() {
    return folder.resolve("data");
  }

  /** Waits until the server is up; returns its URL. */
  public URI awaitUp() throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      Matcher up = UP.matcher(Files.readString(log()));
      if (up.find()) {
        return URI.create(up.group(1));
      }
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new BenchFailure("the server did not start:\n" + lastLogLines());
      }
    }
    throw new BenchFailure(
        "the server is not up after %s:\n%s".formatted(START_LIMIT, lastLogLines()));
  }

  public String adminPassword() throws IOException {
    return Files.readString(folder.resolve("data/admin-password")).strip();
  }

  /** The folder of the embedded database, with the cluster and the owner's password. */
  public Path postgres() {
    return folder.resolve("data/postgres");
  }

  /** The last lines of the server's log. */
  String lastLogLines() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  /** Resident memory of the server's JVM in bytes. */
  long residentBytes() throws IOException {
    return statusKib("VmRSS") << 10;
  }

  /** Peak resident memory of the server's JVM in bytes. */
  long peakResidentBytes() throws IOException {
    return statusKib("VmHWM") << 10;
  }

  private long statusKib(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new BenchFailure("/proc/PID/status has no " + field);
  }

  /** CPU time of the server's JVM, its database and this program so far. */
  CpuTime cpuTime() throws IOException {
    return CpuTime.now(jvmCpu(), databaseCpu(), Duration.ZERO);
  }

  /** CPU time of the server's JVM since its start. */
  public Duration jvmCpu() {
    return ProcessCpu.of(process.toHandle());
  }

  /** CPU time of its database since its start. */
  public Duration databaseCpu() {
    return ProcessCpu.ofDescendants(process.toHandle());
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Folders.delete(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    } catch (IOException e) {
      System.err.println("cannot delete the temporary folder " + folder + ": " + e.getMessage());
    }
  }
}
