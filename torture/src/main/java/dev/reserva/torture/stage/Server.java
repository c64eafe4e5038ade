package dev.reserva.torture.stage;

import dev.reserva.harness.HttpConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The packaged server as a process that can be killed and started again: on the same data folder,
 * on the same port, with other options each time if need be.
 */
public final class Server implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration DIE_LIMIT = Duration.ofSeconds(10);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(8);
  private static final int LAST_WORDS = 25;
  private static final int PORT_ATTEMPTS = 50;
  private static final int LOWEST_PORT = 10_000;
  private static final int HIGHEST_PORT = 32_000;

  private final Path jar;
  private final Path folder;
  private final Path data;
  private final int port;
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private @Nullable Process process;

  /**
   * @param folder for the server's log
   * @param data the server's data folder, which may lie elsewhere
   */
  public Server(Path jar, Path folder, Path data) throws IOException {
    this.jar = jar;
    this.folder = folder;
    this.data = data;
    this.port = freePort();
  }

  /**
   * A port below those that the kernel gives to whoever connects, so that nobody gets it by chance
   * while the server is down.
   */
  private static int freePort() throws IOException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    IOException taken = new IOException("no port tried");
    for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
      int candidate = random.nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket socket =
          new ServerSocket(candidate, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        return socket.getLocalPort();
      } catch (IOException e) {
        taken = e;
      }
    }
    throw taken;
  }

  /** Gives the server a system property at its next start; null takes it away. */
  public Server with(String property, @Nullable String value) {
    put(properties, property, value);
    return this;
  }

  /** Gives the server an environment variable at its next start; null takes it away. */
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

  /** Makes the server use a database that is not its own. */
  public Server on(Database database, int throughPort) {
    return with("reserva.database.url", "jdbc:postgresql://127.0.0.1:" + throughPort + "/reserva")
        .with("reserva.database.username", database.user())
        .with("reserva.database.password", database.password());
  }

  /** Starts the process and does not wait for anything. */
  public void launch() throws IOException {
    Files.createDirectories(data);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"));
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-jar", jar.toString(), "up", "--port", String.valueOf(port)));
    command.addAll(List.of("--data", data.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    // What is set for somebody's own server must not lead this one to his database.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("RESERVA_") && !name.equals("RESERVA_CACHE"));
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
            "the server ended with %d:\n%s".formatted(running().exitValue(), lastWords()));
      }
      if (System.nanoTime() > end) {
        throw new TortureFailure(
            "the server is not ready after %s:\n%s".formatted(START_LIMIT, lastWords()));
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

  /** The embedded database's main process, as PostgreSQL itself has written it down. */
  public long databasePid() throws IOException {
    return Long.parseLong(
        Files.readAllLines(data.resolve("postgres/cluster/postmaster.pid")).getFirst().strip());
  }

  /** {@code kill -9}; returns the exit status when the process is gone. */
  public int kill() throws InterruptedException {
    running().destroyForcibly();
    return awaitEnd(DIE_LIMIT)
        .orElseThrow(() -> new TortureFailure("process %d does not die".formatted(pid())));
  }

  /**
   * {@code kill -9} of the database's main process.
   *
   * @return its id, when it is gone
   */
  public long killDatabase() throws IOException, InterruptedException {
    long pid = databasePid();
    ProcessHandle victim =
        ProcessHandle.of(pid)
            .orElseThrow(() -> new TortureFailure("there is no database process " + pid));
    victim.destroyForcibly();
    awaitGone(victim);
    return pid;
  }

  /** Waits until a process that was told to end has ended. */
  public static void awaitGone(ProcessHandle victim) throws InterruptedException {
    long end = System.nanoTime() + DIE_LIMIT.toNanos();
    while (victim.isAlive()) {
      if (System.nanoTime() > end) {
        throw new TortureFailure("process %d does not die".formatted(victim.pid()));
      }
      Thread.sleep(1);
    }
  }

  /** Waits for the process to end by itself; its exit status, if it does in time. */
  public Optional<Integer> awaitEnd(Duration limit) throws InterruptedException {
    return running().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
        ? Optional.of(running().exitValue())
        : Optional.empty();
  }

  /** The time that the server's answers are dated with, to the second. */
  public Instant clock() throws IOException {
    URLConnection connection = url().resolve("/actuator/health/liveness").toURL().openConnection();
    connection.setConnectTimeout((int) PROBE_LIMIT.toMillis());
    connection.setReadTimeout((int) PROBE_LIMIT.toMillis());
    return Instant.ofEpochMilli(connection.getDate());
  }

  /** Resident memory of the server's JVM as it is now, in bytes. */
  public long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new TortureFailure("the kernel does not tell the server's memory");
  }

  public Path log() {
    return folder.resolve("server.log");
  }

  /** How often the server's log says something. */
  public long said(String words) throws IOException {
    try (var lines = Files.lines(log())) {
      return lines.filter(line -> line.contains(words)).count();
    }
  }

  /** The end of the server's log. */
  public String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
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
