package dev.reserva.torture.environment;

import dev.reserva.harness.Children;
import dev.reserva.postgres.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An external PostgreSQL. A process of its own runs it, with environment variables of its own, and
 * ends with this process, however this one ends.
 */
public final class Database implements AutoCloseable {
  private static final String BOOT_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";
  private static final String MAIN = "dev.reserva.torture.Main";
  private static final String READY = "database on port ";
  private static final int STOP_SECONDS = 40;

  private final Path folder;
  private final Process process;
  private final int port;

  private Database(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts the database and waits until it accepts connections.
   *
   * @param environment additional environment variables
   */
  public static Database start(Path folder, Map<String, String> environment) throws IOException {
    Files.createDirectories(folder);
    String classPath = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath));
    command.add(classPath.endsWith("reserva-torture.jar") ? BOOT_LAUNCHER : MAIN);
    command.addAll(List.of("hold-database", folder.toString()));
    ProcessBuilder builder =
        Children.builder(command)
            .redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolve("database.log").toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    // Log lines come first. The stream ends when the process does.
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        Thread.ofVirtual().start(() -> drain(output));
        return new Database(
            folder, process, Integer.parseInt(line.substring(READY.length()).strip()));
      }
    }
    throw new TortureFailure(
        "the database did not start: " + Files.readString(folder.resolve("database.log")));
  }

  private static void drain(BufferedReader output) {
    try (output) {
      while (output.readLine() != null) {
        // Discarded, so that a full pipe does not block the process.
      }
    } catch (IOException e) {
      // The process was killed.
    }
  }

  /** Runs a database until the standard input ends. */
  public static void hold(Path folder) throws IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      System.out.println(READY + postgres.port());
      while (System.in.read() >= 0) {
        // Input is ignored; only its end matters.
      }
    }
  }

  public int port() {
    return port;
  }

  public String user() {
    return "reserva";
  }

  public String password() {
    try {
      return Files.readString(folder.resolve("postgres/password")).strip();
    } catch (IOException e) {
      throw new TortureFailure("the database has no password", e);
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
