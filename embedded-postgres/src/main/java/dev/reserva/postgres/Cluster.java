package dev.reserva.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database cluster on disk, and what a dead owner may have left of it: a pid file, a server that
 * still runs, backends that have not noticed yet. Only the holder of the data folder's lock may use
 * this.
 */
final class Cluster {
  static final String USER = "reserva";

  private static final Logger log = LoggerFactory.getLogger(Cluster.class);
  private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(10);
  private static final Duration IMMEDIATE_SHUTDOWN = Duration.ofSeconds(2);

  private final Binaries binaries;
  private final Path folder;
  private final Path files;
  private final Path passwordFile;
  private final Path pidFile;

  /**
   * @param folder holds the cluster's files, the password and the server's log
   */
  Cluster(Binaries binaries, Path folder) {
    this.binaries = binaries;
    this.folder = folder;
    this.files = folder.resolve("cluster");
    this.passwordFile = folder.resolve("password");
    this.pidFile = files.resolve("postmaster.pid");
  }

  Binaries binaries() {
    return binaries;
  }

  /** What PostgreSQL calls its data directory. */
  Path files() {
    return files;
  }

  Path logFile() {
    return folder.resolve("postgres.log");
  }

  Path socketFolder() {
    return folder;
  }

  String password() throws IOException {
    return Files.readString(passwordFile).strip();
  }

  /**
   * Makes the cluster if there is none. An attempt that was cut short leaves nothing that counts.
   *
   * @throws PostgresFailure if the cluster belongs to another major version
   */
  void initialise() throws IOException, InterruptedException {
    if (Files.isDirectory(files)) {
      requireSameMajor();
      return;
    }
    long started = System.nanoTime();
    if (!Files.exists(passwordFile)) {
      writePassword();
    }
    Path aside = folder.resolve("cluster.new");
    Folders.delete(aside);
    Programs.run(
        Programs.unprivileged(
            binaries.program("initdb"),
            List.of(
                "--pgdata=" + aside,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8")));
    Files.move(aside, files, StandardCopyOption.ATOMIC_MOVE);
    log.info(
        "postgres initialised folder={} version={} ms={}",
        files,
        binaries.version(),
        (System.nanoTime() - started) / 1_000_000);
  }

  private void requireSameMajor() throws IOException {
    String major = Files.readString(files.resolve("PG_VERSION")).strip();
    if (!major.equals(binaries.major())) {
      throw new PostgresFailure(
          "the data in %s are PostgreSQL %s's, this program brings PostgreSQL %s"
              .formatted(files, major, binaries.version()));
    }
  }

  private void writePassword() throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Path aside = folder.resolve("password.new");
    Files.deleteIfExists(aside);
    Files.createFile(
        aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(aside, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    Files.move(aside, passwordFile, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The server's process id, as it wrote it down, once it accepts connections. */
  Optional<Long> readyServer() throws IOException {
    List<String> lines = pidFileLines();
    // Line 8 is the state, padded with blanks (PostgreSQL's src/include/utils/pidfile.h).
    boolean ready = lines.size() >= 8 && lines.get(7).strip().equals("ready");
    return ready ? recordedPid(lines) : Optional.empty();
  }

  private List<String> pidFileLines() throws IOException {
    return Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
  }

  private static Optional<Long> recordedPid(List<String> lines) {
    try {
      return lines.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(lines.getFirst()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Makes sure that nothing runs on these files any more: stops the server of a dead owner cleanly,
   * ends what a dead server left, and removes a pid file whose number belongs to a stranger now.
   */
  void stopLeftovers() throws IOException, InterruptedException {
    Optional<ProcessHandle> recorded = recordedPid(pidFileLines()).flatMap(ProcessHandle::of);
    if (recorded.isPresent() && runsHere(recorded.get())) {
      log.warn(
          "postgres of an earlier process still runs, stopping it pid={}", recorded.get().pid());
      signal("INT", recorded.get());
      awaitEnd(List.of(recorded.get()), FAST_SHUTDOWN);
    }
    // What a dead server leaves may wait for it long; the server itself would make them leave so.
    List<ProcessHandle> rest = processesHere();
    for (ProcessHandle process : rest) {
      signal("QUIT", process);
    }
    awaitEnd(rest, IMMEDIATE_SHUTDOWN);
    for (ProcessHandle process : processesHere()) {
      log.warn("postgres process does not end, killing it pid={}", process.pid());
      process.destroyForcibly();
    }
    awaitEnd(processesHere(), IMMEDIATE_SHUTDOWN);
    if (recorded.isPresent() && recorded.get().isAlive() && !runsHere(recorded.get())) {
      log.info("postmaster.pid names a stranger, removing it pid={}", recorded.get().pid());
      Files.deleteIfExists(pidFile);
    }
  }

  /** Every process of PostgreSQL has its data directory as working directory. */
  private boolean runsHere(ProcessHandle process) {
    try {
      return Path.of("/proc/" + process.pid() + "/cwd").toRealPath().equals(files);
    } catch (IOException e) {
      // Gone meanwhile, or another user's, which is not ours.
      return false;
    }
  }

  private List<ProcessHandle> processesHere() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return new ArrayList<>(all.filter(this::runsHere).toList());
    }
  }

  private static void awaitEnd(List<ProcessHandle> processes, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (processes.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
      Thread.sleep(20);
    }
  }

  /**
   * @param signal INT lets PostgreSQL end its sessions and write a checkpoint, QUIT makes it leave
   *     at once and recover at the next start; Java itself only knows TERM, which waits for all
   *     clients
   */
  static void signal(String signal, ProcessHandle process)
      throws IOException, InterruptedException {
    if (process.isAlive()) {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }
}
