package dev.reserva.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server and the small shell that guards it. The shell lives in a session of its own, so
 * that Ctrl-C in a terminal does not reach the database before the program has drained; its
 * standard input is a pipe from this JVM, so that the database is shut down when the JVM ends,
 * however it ends.
 */
final class Postmaster {
  private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

  /** Starts the server given as arguments, ends with it, and interrupts it when the pipe closes. */
  private static final String GUARD =
      """
      exec 3<&0 </dev/null
      "$@" 3<&- &
      postgres=$!
      { read -r _; kill -INT "$postgres"; } <&3 3<&- &
      pipe=$!
      exec 3<&-
      wait "$postgres"
      code=$?
      kill "$pipe" 2>/dev/null
      exit "$code"
      """;

  private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(30);
  private static final Duration IMMEDIATE_SHUTDOWN = Duration.ofSeconds(5);
  // Replaying the log after a crash takes as long as it takes; while it runs, it is waited for.
  private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(15);
  private static final Duration STILL_STARTING = Duration.ofSeconds(10);
  private static final long LARGE_LOG_BYTES = 4L << 20;

  /**
   * Each transaction takes some hundred kilobytes and gives them back. Without this, glibc gives
   * them back to the kernel, which clears them anew for the next one (mallopt(3)); with it, a
   * session keeps up to so many bytes. Other C libraries do not know these names.
   */
  private static final Map<String, String> MEMORY_KEPT =
      Map.of("MALLOC_TRIM_THRESHOLD_", "8388608", "MALLOC_MMAP_THRESHOLD_", "8388608");

  private final Cluster cluster;
  private final Process guard;
  private final long pid;

  private Postmaster(Cluster cluster, Process guard, long pid) {
    this.cluster = cluster;
    this.guard = guard;
    this.pid = pid;
  }

  /**
   * Starts the server and waits until it accepts connections, recovery included.
   *
   * @throws PostgresFailure with the end of the server's log, if it ends instead
   */
  static Postmaster start(Cluster cluster, Settings settings)
      throws IOException, InterruptedException {
    rotate(cluster.logFile());
    List<String> arguments = new ArrayList<>(List.of("-D", cluster.files().toString()));
    arguments.addAll(settings.arguments());
    List<String> command =
        new ArrayList<>(List.of("setsid", "sh", "-c", GUARD, "reserva-postgres-guard"));
    command.addAll(Programs.unprivileged(cluster.binaries().program("postgres"), arguments));
    ProcessBuilder builder =
        Programs.builder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(cluster.logFile().toFile()));
    builder.environment().putAll(MEMORY_KEPT);
    Process guard = builder.start();
    try {
      return new Postmaster(cluster, guard, awaitReady(cluster, guard));
    } catch (IOException | InterruptedException | RuntimeException e) {
      guard.getOutputStream().close();
      guard.waitFor(FAST_SHUTDOWN.toSeconds(), TimeUnit.SECONDS);
      throw e;
    }
  }

  private static long awaitReady(Cluster cluster, Process guard)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    long nextWord = started + STILL_STARTING.toNanos();
    while (System.nanoTime() - started < LONGEST_RECOVERY.toNanos()) {
      Optional<Long> ready = cluster.readyServer().filter(pid -> isChild(pid, guard));
      if (ready.isPresent()) {
        return ready.get();
      }
      if (guard.waitFor(10, TimeUnit.MILLISECONDS)) {
        throw new PostgresFailure("PostgreSQL did not start: " + lastWords(cluster.logFile()));
      }
      if (System.nanoTime() > nextWord) {
        log.info(
            "postgres is still starting seconds={}", (System.nanoTime() - started) / 1_000_000_000);
        nextWord += STILL_STARTING.toNanos();
      }
    }
    throw new PostgresFailure("PostgreSQL did not start within " + LONGEST_RECOVERY);
  }

  /** A pid file that a dead server left may still say ready; only our child's word counts. */
  private static boolean isChild(long pid, Process guard) {
    return ProcessHandle.of(pid)
        .flatMap(ProcessHandle::parent)
        .filter(guard.toHandle()::equals)
        .isPresent();
  }

  private static String lastWords(Path logFile) throws IOException {
    List<String> lines = Files.readAllLines(logFile);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }

  private static void rotate(Path logFile) throws IOException {
    if (Files.exists(logFile) && Files.size(logFile) > LARGE_LOG_BYTES) {
      Files.move(
          logFile,
          logFile.resolveSibling(logFile.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  long pid() {
    return pid;
  }

  /** Completes when the server, or its guard, has ended. */
  CompletableFuture<?> ended() {
    return guard.onExit();
  }

  /**
   * Shuts the server down: sessions end, what is in memory is written, nothing needs recovery. A
   * server that does not is made to leave, and recovers at its next start.
   */
  void stop() throws IOException, InterruptedException {
    guard.getOutputStream().close();
    if (guard.waitFor(FAST_SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
    log.warn("postgres does not shut down, making it leave at once pid={}", pid);
    Optional<ProcessHandle> server = ProcessHandle.of(pid).filter(handle -> isChild(pid, guard));
    if (server.isPresent()) {
      Cluster.signal("QUIT", server.get());
    }
    if (!guard.waitFor(IMMEDIATE_SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
      cluster.stopLeftovers();
    }
  }
}
