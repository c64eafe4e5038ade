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
 * A running server and the shell that is its parent process. The shell runs in a session of its
 * own, so that Ctrl-C in a terminal does not reach the database before the program has drained. The
 * shell's standard input is a pipe from this JVM. When the JVM ends, however it ends, the pipe
 * closes and the shell shuts the database down.
 */
final class Postmaster {
  private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

  /** Starts the server given as arguments, ends with it, and sends it INT when the pipe closes. */
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
  // After a crash the server replays its log first, which can take minutes.
  private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(15);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
  private static final long LARGE_LOG_BYTES = 4L << 20;

  /**
   * Each transaction allocates and frees some hundred kilobytes. By default, glibc returns them to
   * the kernel, which clears the pages again for the next transaction (mallopt(3)). With these
   * thresholds a session keeps up to 8 MiB. Other C libraries ignore the names.
   */
  private static final Map<String, String> MALLOC_THRESHOLDS =
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
   * Starts the server and waits until it has recovered and accepts connections.
   *
   * @throws PostgresFailure if the server ends instead; the message quotes the end of its log
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
    builder.environment().putAll(MALLOC_THRESHOLDS);
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
    long nextLog = started + LOG_INTERVAL.toNanos();
    while (System.nanoTime() - started < LONGEST_RECOVERY.toNanos()) {
      Optional<Long> ready = cluster.readyServer().filter(pid -> isChild(pid, guard));
      if (ready.isPresent()) {
        return ready.get();
      }
      if (guard.waitFor(10, TimeUnit.MILLISECONDS)) {
        throw new PostgresFailure("PostgreSQL did not start: " + lastLines(cluster.logFile()));
      }
      if (System.nanoTime() > nextLog) {
        log.info(
            "postgres is still starting: seconds={}",
            (System.nanoTime() - started) / 1_000_000_000);
        nextLog += LOG_INTERVAL.toNanos();
      }
    }
    throw new PostgresFailure("PostgreSQL did not start within " + LONGEST_RECOVERY);
  }

  /** Whether the guard started this process: the pid file may be that of a dead server. */
  private static boolean isChild(long pid, Process guard) {
    return ProcessHandle.of(pid)
        .flatMap(ProcessHandle::parent)
        .filter(guard.toHandle()::equals)
        .isPresent();
  }

  private static String lastLines(Path logFile) throws IOException {
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

  /** Completes when the server or its guard has ended. */
  CompletableFuture<?> ended() {
    return guard.onExit();
  }

  /**
   * Shuts the server down: it ends its sessions and writes a checkpoint. If it does not end in
   * time, it is ended at once and recovers at the next start.
   */
  void stop() throws IOException, InterruptedException {
    guard.getOutputStream().close();
    if (guard.waitFor(FAST_SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
    log.warn("postgres does not shut down in time, ending it at once: pid={}", pid);
    Optional<ProcessHandle> server = ProcessHandle.of(pid).filter(handle -> isChild(pid, guard));
    if (server.isPresent()) {
      Cluster.signal("QUIT", server.get());
    }
    if (!guard.waitFor(IMMEDIATE_SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
      cluster.stopLeftovers();
    }
  }
}
