package dev.reserva.harness;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs until it is ended, or until this JVM ends, however this JVM ends: a shell
 * beside it waits on a pipe from this JVM, and kills it when the pipe closes.
 *
 * <p>It runs in a session of its own, so that Ctrl-C in a terminal reaches only its owner, and its
 * output is appended to a log file, which may be shortened meanwhile. Any thread may use it.
 */
public final class GuardedProcess {
  /**
   * Becomes the program given as arguments. The shell that waits on the pipe is a child of the
   * program, and ends when the pipe closes, which Java also does when the program ends.
   */
  private static final String GUARD =
      """
      program=$$
      exec 3<&0 </dev/null
      { read -r _; kill -KILL "$program" 2>/dev/null; } <&3 3<&- >/dev/null 2>&1 &
      exec "$@" 3<&-
      """;

  private static final Duration DIE_LIMIT = Duration.ofSeconds(10);
  private static final int LAST_LOG_LINES = 25;

  private final Process process;
  private final Path log;
  private final long logStart;

  private GuardedProcess(Process process, Path log, long logStart) {
    this.process = process;
    this.log = log;
    this.logStart = logStart;
  }

  /**
   * Starts the program without waiting for it.
   *
   * @param program command, environment and folder; its redirections are replaced
   * @param log the program's output is appended to this file
   */
  public static GuardedProcess start(ProcessBuilder program, Path log) throws IOException {
    long logStart = Files.exists(log) ? Files.size(log) : 0;
    List<String> command =
        new ArrayList<>(List.of("setsid", "sh", "-c", GUARD, "reserva-process-guard"));
    command.addAll(program.command());
    Process process =
        program
            .command(command)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new GuardedProcess(process, log, logStart);
  }

  /**
   * Waits until the program has written a text to its log.
   *
   * @throws HarnessFailure if it ends before, or does not write it in time; the message quotes the
   *     end of the log
   */
  public void awaitLogged(String text, Duration limit) throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!logged().contains(text)) {
      if (!process.isAlive()) {
        throw new HarnessFailure(
            "the program ended with %d:\n%s".formatted(process.exitValue(), lastLogLines()));
      }
      if (System.nanoTime() > end) {
        throw new HarnessFailure(
            "the program has not written \"%s\" after %s:\n%s"
                .formatted(text, limit, lastLogLines()));
      }
      Thread.sleep(20);
    }
  }

  /** The program's process id. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits until the program has ended.
   *
   * @return its exit code; that of a program that a signal has ended is 128 and the signal's number
   */
  public int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  /** Kills the program with {@code kill -9}, and waits until it has ended. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(DIE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new HarnessFailure("process %d did not end within %s".formatted(pid(), DIE_LIMIT));
    }
  }

  /** Ends the program with TERM, or kills it if it does not end in time. */
  public void stop(Duration limit) throws InterruptedException {
    // Process.destroy() would close the guard's pipe as well.
    process.toHandle().destroy();
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  /** What the program has written since its start. */
  private String logged() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long length = file.length();
      long start = length < logStart ? 0 : logStart; // it was shortened
      file.seek(start);
      byte[] bytes = new byte[(int) (length - start)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** The last lines that the program has written since its start, at most 25. */
  public String lastLogLines() throws IOException {
    List<String> lines = logged().lines().toList();
    return String.join(
        "\n", lines.subList(Math.max(0, lines.size() - LAST_LOG_LINES), lines.size()));
  }
}
