package dev.reserva.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The packaged server in a process of its own. Its data folder survives the process. */
final class ReservaProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final Path data;
  private final int port;
  private final List<String> options;
  private final List<String> properties;
  private final Map<String, String> environment;
  private @Nullable Process process;

  private ReservaProcess(
      Path data,
      int port,
      List<String> options,
      List<String> properties,
      Map<String, String> environment) {
    this.data = data;
    this.port = port;
    this.options = options;
    this.properties = properties;
    this.environment = environment;
  }

  /**
   * Starts a server on a folder and waits until it is ready.
   *
   * @param properties system properties such as {@code reserva.inventory.reservation-ttl=2s};
   *     secrets become environment variables, because a command line with one is refused
   */
  static ReservaProcess start(Path data, String... properties) {
    return start(data, List.of(), Map.of(), properties);
  }

  /**
   * @param more options of the command line, beside port and folder
   * @param environment variables
   */
  static ReservaProcess start(
      Path data, List<String> more, Map<String, String> environment, String... properties) {
    int port = freePort();
    List<String> options = new ArrayList<>(more);
    options.addAll(List.of("--port", String.valueOf(port), "--data", data.toString()));
    return started(new ReservaProcess(data, port, options, List.of(properties), environment));
  }

  /** Without any option: port and folder are properties too. */
  static ReservaProcess startByProperties(Path data, String... properties) {
    int port = freePort();
    List<String> all = new ArrayList<>(List.of(properties));
    all.addAll(List.of("reserva.port=" + port, "reserva.data=" + data));
    return started(new ReservaProcess(data, port, List.of(), all, Map.of()));
  }

  private static ReservaProcess started(ReservaProcess reserva) {
    reserva.startAgain();
    return reserva;
  }

  /** The output of a server that ended by itself. */
  record Ended(int status, String said) {}

  /** Starts a server that is expected to end by itself. */
  static Ended ofFailedStart(Path data, String... properties) throws Exception {
    return ended(
        new ProcessBuilder(
            command(
                List.of("--port", String.valueOf(freePort()), "--data", data.toString()),
                List.of(properties))),
        secrets(List.of(properties)));
  }

  /** Starts a server with a system property on its command line, whatever it is. */
  static Ended ofFailedStartWith(Path data, String property) throws Exception {
    List<String> command =
        command(
            List.of("--port", String.valueOf(freePort()), "--data", data.toString()), List.of());
    command.add(1, "-D" + property);
    return ended(new ProcessBuilder(command), Map.of());
  }

  private static Ended ended(ProcessBuilder builder, Map<String, String> environment)
      throws Exception {
    builder.environment().putAll(environment);
    Process failing = builder.redirectErrorStream(true).start();
    String said = new String(failing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!failing.waitFor(START_LIMIT)) {
      failing.destroyForcibly();
      throw new IllegalStateException("still running: " + said);
    }
    return new Ended(failing.exitValue(), said);
  }

  private static List<String> command(List<String> options, List<String> properties) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    properties.stream()
        .filter(property -> !isSecret(property))
        .forEach(property -> command.add("-D" + property));
    command.addAll(List.of("-jar", jar().toString(), "up"));
    command.addAll(options);
    return command;
  }

  private static boolean isSecret(String property) {
    return property.matches("reserva\\.[a-z.-]*(secret|password|-key)=.*");
  }

  private static Map<String, String> secrets(List<String> properties) {
    return properties.stream()
        .filter(ReservaProcess::isSecret)
        .map(property -> property.split("=", 2))
        .collect(
            Collectors.toMap(
                part -> part[0].replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT),
                part -> part[1]));
  }

  /** Starts the server on the same folder and port and waits until it is ready. */
  void startAgain() {
    List<String> command = command(options, properties);
    try {
      Files.createDirectories(data);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
      builder.environment().putAll(secrets(properties));
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      awaitReady();
    } catch (RuntimeException e) {
      kill(); // what is not ready now must not go on beside the tests that follow
      throw e;
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  Path data() {
    return data;
  }

  String adminPassword() {
    try {
      return Files.readString(data.resolve("admin-password")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client with the rights of an admin. */
  Shop shop() {
    return Shop.login(url(), "admin", adminPassword());
  }

  long pid() {
    return running().pid();
  }

  /** Sends SIGSTOP and returns when the process is stopped. Its connections stay open. */
  void freeze() {
    signal("STOP");
    Shop.eventually("the process stands still", () -> isFrozen() ? true : null);
  }

  /** Sends SIGCONT: the process continues. */
  void thaw() {
    signal("CONT");
  }

  /** Whether the kernel holds the process stopped. */
  boolean isFrozen() {
    try {
      String stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid())));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill -%s ended with %d".formatted(name, kill.exitValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * SIGTERM.
   *
   * @return exit status
   */
  int terminate(Duration limit) {
    running().destroy();
    try {
      if (!running().waitFor(limit)) {
        throw new IllegalStateException(
            "still running %s after SIGTERM: %s".formatted(limit, tail()));
      }
      return running().exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() {
    running().destroyForcibly();
    try {
      running().waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    Process current = process;
    if (current == null || !current.isAlive()) {
      return;
    }
    current.destroy();
    try {
      if (!current.waitFor(20, TimeUnit.SECONDS)) {
        current.destroyForcibly();
      }
    } catch (InterruptedException e) {
      current.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The server's last lines, for the message of a failing test. */
  String tail() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }

  Path log() {
    return data.resolveSibling(data.getFileName() + ".log");
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!Shop.isReady(url())) {
      if (!running().isAlive()) {
        throw new IllegalStateException(
            "server ended with %d: %s".formatted(running().exitValue(), tail()));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "server not ready in %s: %s".formatted(START_LIMIT, tail()));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Process running() {
    Process current = process;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    return current;
  }

  /** The jar that the build has just packaged. */
  static Path jar() {
    Path jar = Path.of("target", "reserva-server.jar").toAbsolutePath();
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          "run by mvn verify, which packages the server first: no " + jar);
    }
    return jar;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
