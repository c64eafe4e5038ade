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
 * A database cluster on disk. It also cleans up after an owner that died: a pid file, a server that
 * still runs, backends that have not ended yet. Only the holder of the data folder's lock may use
 * it.
 */
final class Cluster {
  private static final Logger log = LoggerFactory.getLogger(Cluster.class);
  private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(10);
  private static final Duration IMMEDIATE_SHUTDOWN = Duration.ofSeconds(2);

  private final Binaries binaries;
  private final Path folder;
  private final Path files;
  private final Path passwordFile;
  private final Path superuserPasswordFile;
  private final Path pidFile;

  /**
   * @param folder holds the cluster's files, the passwords and the server's log
   */
  Cluster(Binaries binaries, Path folder) {
    this.binaries = binaries;
    this.folder = folder;
    this.files = folder.resolve("cluster");
    this.passwordFile = folder.resolve("password");
    this.superuserPasswordFile = folder.resolve("superuser-password");
    this.pidFile = files.resolve("postmaster.pid");
  }

  Binaries binaries() {
    return binaries;
  }

  /** PostgreSQL's data directory. */
  Path files() {
    return files;
  }

  Path logFile() {
    return folder.resolve("postgres.log");
  }

  Path socketFolder() {
    return folder;
  }

  /** The password of {@link Roles#SERVICES}. */
  String password() throws IOException {
    return Files.readString(passwordFile).strip();
  }

  /** The file with the password of {@link Roles#SERVICES}. */
  Path passwordFile() {
    return passwordFile;
  }

  /** The file with the password of another role, which is generated the first time. */
  Path passwordFile(String role) throws IOException {
    Path file = folder.resolve("password-" + role);
    writePasswordUnlessThere(file);
    return file;
  }

  /** The password of {@link Roles#SUPERUSER}. */
  String superuserPassword() throws IOException {
    return Files.readString(superuserPasswordFile).strip();
  }

  /**
   * Creates the cluster if there is none. It appears all at once: an interrupted attempt is
   * repeated from the start.
   *
   * @throws PostgresFailure if the cluster belongs to another major version
   */
  void initialise() throws IOException, InterruptedException {
    if (Files.isDirectory(files)) {
      requireSameMajor();
      // A cluster of an earlier version has no such file yet.
      writePasswordUnlessThere(superuserPasswordFile);
      return;
    }
    long started = System.nanoTime();
    writePasswordUnlessThere(passwordFile);
    writePasswordUnlessThere(superuserPasswordFile);
    Path aside = folder.resolve("cluster.new");
    Folders.delete(aside);
    Programs.run(
        Programs.unprivileged(
            binaries.program("initdb"),
            List.of(
                "--pgdata=" + aside,
                "--username=" + Roles.SUPERUSER,
                "--pwfile=" + superuserPasswordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8")));
    Files.move(aside, files, StandardCopyOption.ATOMIC_MOVE);
    log.info(
        "postgres initialised: folder={} version={} ms={}",
        files,
        binaries.version(),
        (System.nanoTime() - started) / 1_000_000);
  }

  private void requireSameMajor() throws IOException {
    String major = Files.readString(files.resolve("PG_VERSION")).strip();
    if (!major.equals(binaries.major())) {
      throw new PostgresFailure(
          "the data in %s belong to PostgreSQL %s, but this program contains PostgreSQL %s"
              .formatted(files, major, binaries.version()));
    }
  }

  private static void writePasswordUnlessThere(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(aside);
    Files.createFile(
        aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(aside, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The server's process id from its pid file; empty until it accepts connections. */
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
   * Ends all processes that run on these files: shuts down the server of a dead owner, ends the
   * backends of a dead server, and removes a pid file whose process id now belongs to another
   * program.
   */
  void stopLeftovers() throws IOException, InterruptedException {
    Optional<ProcessHandle> recorded = recordedPid(pidFileLines()).flatMap(ProcessHandle::of);
    if (recorded.isPresent() && runsHere(recorded.get())) {
      log.warn(
          "postgres of an earlier process still runs, shutting it down: pid={}",
          recorded.get().pid());
      signal("INT", recorded.get());
      awaitEnd(List.of(recorded.get()), FAST_SHUTDOWN);
    }
    // Backends of a dead server may wait for a long time. QUIT is how the server itself ends them.
    List<ProcessHandle> backends = processesHere();
    for (ProcessHandle process : backends) {
      signal("QUIT", process);
    }
    awaitEnd(backends, IMMEDIATE_SHUTDOWN);
    for (ProcessHandle process : processesHere()) {
      log.warn("postgres process does not end, killing it: pid={}", process.pid());
      process.destroyForcibly();
    }
    awaitEnd(processesHere(), IMMEDIATE_SHUTDOWN);
    if (recorded.isPresent() && recorded.get().isAlive() && !runsHere(recorded.get())) {
      log.info("postmaster.pid names another program, removing it: pid={}", recorded.get().pid());
      Files.deleteIfExists(pidFile);
    }
  }

  /**
   * Whether the working directory is the data directory, as it is for each of the server's
   * processes.
   */
  private boolean runsHere(ProcessHandle process) {
    try {
      return Path.of("/proc/" + process.pid() + "/cwd").toRealPath().equals(files);
    } catch (IOException e) {
      // It has ended, or belongs to another user and so not to this cluster.
      return false;
    }
  }

  private List<ProcessHandle> processesHere() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return new ArrayList<>(all.filter(this::runsHere).toList());
    }
  }

  private static void awaitEnd(List<ProcessHandle> processes, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (processes.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
      Thread.sleep(20);
    }
  }

  /**
   * Sends a signal that Java cannot send; {@code destroy} sends TERM, which waits for all clients.
   *
   * @param signal INT is PostgreSQL's fast shutdown, QUIT the immediate one, which makes the next
   *     start recover
   */
  static void signal(String signal, ProcessHandle process)
      throws IOException, InterruptedException {
    if (process.isAlive()) {
      Programs.builder(List.of("kill", "-" + signal, Long.toString(process.pid())))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }
}
