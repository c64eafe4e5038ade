package dev.reserva.peers;

import dev.reserva.bench.BenchFailure;
import dev.reserva.bench.ServerProcess;
import dev.reserva.harness.Children;
import dev.reserva.harness.ProcessCpu;
import dev.reserva.postgres.EmbeddedPostgres;
import dev.reserva.postgres.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A peer's JVM, with the options of Reserva's server, and an embedded PostgreSQL, with the settings
 * of Reserva's. Both use a temporary folder that is deleted with them.
 */
final class PeerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Pattern UP = Pattern.compile("The shop is up: (http://localhost:\\d+)");
  private static final int LAST_LINES = 20;
  private static final String DATABASE = "shop";

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final Process process;
  private final Thread hook = Thread.ofPlatform().unstarted(this::end);

  private PeerProcess(Path folder, EmbeddedPostgres postgres, Process process) {
    this.folder = folder;
    this.postgres = postgres;
    this.process = process;
  }

  /**
   * Starts both; {@link #awaitUp} waits for the shop.
   *
   * @param jar the jar of this program
   */
  static PeerProcess start(Peer peer, Path jar) throws IOException {
    Path folder = Files.createTempDirectory("reserva-peer-");
    EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("data"));
    try {
      postgres.createDatabase(DATABASE);
      PeerProcess started = new PeerProcess(folder, postgres, launch(peer, jar, folder, postgres));
      Runtime.getRuntime().addShutdownHook(started.hook);
      return started;
    } catch (IOException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  private static Process launch(Peer peer, Path jar, Path folder, EmbeddedPostgres postgres)
      throws IOException {
    ProcessBuilder java =
        Children.builder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The options with which the bench starts Reserva.
                ServerProcess.HEAP,
                "-XX:+UseParallelGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                jar.toString(),
                "shop",
                peer.key(),
                "--server.port=0"));
    // The caller's settings for another program must not apply to this one.
    java.environment().keySet().removeIf(name -> name.matches("(SPRING|SERVER|DBOS|PG)_?.*"));
    java.environment().put("SPRING_DATASOURCE_URL", postgres.jdbcUrl(DATABASE));
    java.environment().put("SPRING_DATASOURCE_USERNAME", postgres.user());
    java.environment().put("SPRING_DATASOURCE_PASSWORD", postgres.password());
    return java.redirectErrorStream(true).redirectOutput(log(folder).toFile()).start();
  }

  private static Path log(Path folder) {
    return folder.resolve("shop.log");
  }

  /** Waits until the shop is up; returns its URL. */
  URI awaitUp() throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      Matcher up = UP.matcher(Files.readString(log(folder)));
      if (up.find()) {
        return URI.create(up.group(1));
      }
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new BenchFailure("the shop did not start:\n" + lastLogLines());
      }
    }
    throw new BenchFailure(
        "the shop is not up after %s:\n%s".formatted(START_LIMIT, lastLogLines()));
  }

  /** The last lines of the shop's log. */
  String lastLogLines() throws IOException {
    List<String> lines = Files.readAllLines(log(folder));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  EmbeddedPostgres postgres() {
    return postgres;
  }

  /** URL of the shop's database. */
  String jdbcUrl() {
    return postgres.jdbcUrl(DATABASE);
  }

  Duration jvmCpu() {
    return ProcessCpu.of(process.toHandle());
  }

  Duration databaseCpu() {
    return ProcessHandle.of(postgres.pid())
        .map(postmaster -> ProcessCpu.of(postmaster).plus(ProcessCpu.ofDescendants(postmaster)))
        .orElse(Duration.ZERO);
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
      postgres.close();
      Folders.delete(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    } catch (IOException e) {
      System.err.println("cannot delete the temporary folder " + folder + ": " + e.getMessage());
    }
  }
}
