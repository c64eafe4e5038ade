package dev.reserva.torture.environment;

import dev.reserva.harness.Children;
import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The packaged server as a process. It can be killed and started again on the same data folder and
 * port, with other options each time.
 */
public final class Server implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration DIE_LIMIT = Duration.ofSeconds(10);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(8);
  private static final int LAST_LOG_LINES = 25;

  private final Path jar;
  private final Path folder;
  private final Path data;
  private final int port;
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private @Nullable Process process;

  /**
   * @param folder for the server's log
   * @param data the server's data folder, which may be elsewhere
   */
  public Server(Path jar, Path folder, Path data) throws IOException {
    this.jar = jar;
    this.folder = folder;
    this.data = data;
    this.port = Ports.free();
    properties.put("reserva.http.bind-address", "127.0.0.1");
  }

  /** Sets a system property for the next start; null removes it. Not for secrets. */
  public Server with(String property, @Nullable String value) {
    put(properties, property, value);
    return this;
  }

  /** Sets an environment variable for the next start; null removes it. */
  public Server withEnvironment(String name, @Nullable String value) {
    put(environment, name, value);
    return this;
  }

  private static void put(Map<String, String> map, String name, @Nullable String value) {
    if (value == null) {
      map.remove(name);
    } else {
      map.put(name, value);
    }
  }

  /** Makes the server use an external database. */
  public Server on(Database database, int throughPort) {
    return with("reserva.database.url", "jdbc:postgresql://127.0.0.1:" + throughPort + "/reserva")
        .with("reserva.database.username", database.user())
        .withEnvironment("RESERVA_DATABASE_PASSWORD", database.password());
  }

  /** Starts the process without waiting for it. */
  public void launch() throws IOException {
    Files.createDirectories(data);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"));
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-jar", jar.toString(), "up", "--port", String.valueOf(port)));
    command.addAll(List.of("--data", data.toString()));
    ProcessBuilder builder =
        Children.builder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** Starts the process and waits until it is ready. */
  public void start() throws IOException, InterruptedException {
    launch();
    awaitReady();
  }

  public void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!isReady()) {
      if (!isAlive()) {
        throw new TortureFailure(
            "the server ended with %d:\n%s".formatted(running().exitValue(), lastLogLines()));
      }
      if (System.nanoTime() > end) {
        throw new TortureFailure(
            "the server is not ready after %s:\n%s".formatted(START_LIMIT, lastLogLines()));
      }
      Thread.sleep(50);
    }
  }

  public boolean isReady() {
    try (HttpConnection connection = new HttpConnection(url(), PROBE_LIMIT)) {
      return connection.get("/actuator/health/readiness", "").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  public URI url() {
    return URI.create("http://localhost:" + port);
  }

  public Path data() {
    return data;
  }

  public String adminPassword() throws IOException {
    return Files.readString(data.resolve("admin-password")).strip();
  }

  public long pid() {
    return running().pid();
  }

  /** The process id of the embedded database, from its pid file. */
  public long databasePid() throws IOException {
    return Long.parseLong(
        Files.readAllLines(data.resolve("postgres/cluster/postmaster.pid")).getFirst().strip());
  }

  /** Kills the process with {@code kill -9}; returns its exit status. */
  public int kill() throws InterruptedException {
    running().destroyForcibly();
    return awaitEnd(DIE_LIMIT)
        .orElseThrow(() ->
            new TortureFailure("process %d did not end within %s".formatted(pid(), DIE_LIMIT)));
  }

  /**
   * Kills the database's main process with {@code kill -9}, and waits until it has ended.
   *
   * @return its process id
   */
  public long killDatabase() throws IOException, InterruptedException {
    long pid = databasePid();
    ProcessHandle killed =
        ProcessHandle.of(pid)
            .orElseThrow(() -> new TortureFailure("there is no database process " + pid));
    killed.destroyForcibly();
    awaitGone(killed);
    return pid;
  }

  /** Waits until a process has ended. */
  public static void awaitGone(ProcessHandle killed) throws InterruptedException {
    long end = System.nanoTime() + DIE_LIMIT.toNanos();
    while (killed.isAlive()) {
      if (System.nanoTime() > end) {
        throw new TortureFailure(
            "process %d did not end within %s".formatted(killed.pid(), DIE_LIMIT));
      }
      Thread.sleep(1);
    }
  }

  /** Waits until the process ends by itself; returns its exit status, empty after the time-out. */
  public Optional<Integer> awaitEnd(Duration limit) throws InterruptedException {
    return running().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
        ? Optional.of(running().exitValue())
        : Optional.empty();
  }

  /** The server's clock, by the Date of an answer, in seconds. */
  public Instant clock() throws IOException {
    URLConnection connection = url().resolve("/actuator/health/liveness").toURL().openConnection();
    connection.setConnectTimeout((int) PROBE_LIMIT.toMillis());
    connection.setReadTimeout((int) PROBE_LIMIT.toMillis());
    return Instant.ofEpochMilli(connection.getDate());
  }

  /** Resident memory of the server's JVM in bytes. */
  public long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new TortureFailure("/proc/PID/status has no VmRSS");
  }

  public Path log() {
    return folder.resolve("server.log");
  }

  /** Counts the lines of the server's log that contain a text. */
  public long countInLog(String text) throws IOException {
    try (var lines = Files.lines(log())) {
      return lines.filter(line -> line.contains(text)).count();
    }
  }

  /** The last lines of the server's log. */
  public String lastLogLines() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join(
        "\n", lines.subList(Math.max(0, lines.size() - LAST_LOG_LINES), lines.size()));
  }

  private Process running() {
    Process current = process;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    return current;
  }

  @Override
  public void close() {
    Process current = process;
    if (current == null) {
      return;
    }
    current.destroy();
    try {
      if (!current.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        current.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      current.destroyForcibly();
    }
  }
}
