package dev.reserva.bench;

import dev.reserva.harness.ProcessCpu;
import dev.reserva.postgres.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server that is measured: the packaged program with its own database, as anyone would start
 * it, on a temporary folder that is deleted with it.
 */
public final class ServerProcess implements AutoCloseable {
  /** What the server must make do with. */
  public static final String HEAP = "-Xmx512m";

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Pattern UP = Pattern.compile("Reserva is up: (http://localhost:\\d+)");

  private final Path folder;
  private final List<String> command;
  private final Thread hook = Thread.ofPlatform().unstarted(this::end);
  private Process process;
  private int starts = 1;

  private ServerProcess(Path folder, List<String> command) throws IOException {
    this.folder = folder;
    this.command = command;
    this.process = launch();
  }

  /**
   * Starts the server; {@link #awaitUp} waits for it.
   *
   * @param javaOptions more options for its JVM
   */
  public static ServerProcess start(Path jar, List<String> javaOptions) throws IOException {
    Path folder = Files.createTempDirectory("reserva-bench-");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(HEAP);
    command.addAll(List.of("-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError")); // as ./reserva up
    // A run may take longer than a token lives by default; its buyers log in once.
    command.add("-Dreserva.security.token-lifetime=24h");
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", jar.toString(), "up", "--port", "0"));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    ServerProcess server = new ServerProcess(folder, command);
    Runtime.getRuntime().addShutdownHook(server.hook);
    return server;
  }

  private Process launch() throws IOException {
    return cleared(new ProcessBuilder(command))
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  /** What is set for somebody's own server must not lead this one to his database. */
  static ProcessBuilder cleared(ProcessBuilder builder) {
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("RESERVA_") && !name.equals("RESERVA_CACHE"));
    return builder;
  }

  /** Stops it in order and starts it again on the same folder; {@link #awaitUp} waits for it. */
  void restart() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new BenchFailure("the server does not stop:\n" + lastWords());
    }
    starts++;
    process = launch();
  }

  /** One for each start. */
  private Path log() {
    return folder.resolve("server-" + starts + ".log");
  }

  /** The server's data folder. */
  Path data() {
    return folder.resolve("data");
  }

  /** Waits until the server serves; returns where. */
  public URI awaitUp() throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      Matcher up = UP.matcher(Files.readString(log()));
      if (up.find()) {
        return URI.create(up.group(1));
      }
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new BenchFailure("the server did not start:\n" + lastWords());
      }
    }
    throw new BenchFailure(
        "the server is not up after %s:\n%s".formatted(START_LIMIT, lastWords()));
  }

  public String adminPassword() throws IOException {
    return Files.readString(folder.resolve("data/admin-password")).strip();
  }

  /** Where the server keeps its own database: the cluster and the password of its owner. */
  public Path postgres() {
    return folder.resolve("data/postgres");
  }

  /** The end of the server's log. */
  String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  /** Resident memory of the server's JVM as it is now, in bytes. */
  long residentBytes() throws IOException {
    return statusKib("VmRSS") << 10;
  }

  /** The most resident memory that the server's JVM ever had, in bytes. */
  long peakResidentBytes() throws IOException {
    return statusKib("VmHWM") << 10;
  }

  private long statusKib(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new BenchFailure("the kernel does not tell " + field);
  }

  /** CPU time that the server's JVM, its database and this generator have used so far. */
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
      System.err.println("the temporary folder " + folder + " stays behind: " + e.getMessage());
    }
  }
}
