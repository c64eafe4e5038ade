package dev.reserva.harness.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.reserva.harness.GuardedProcess;
import dev.reserva.harness.HarnessFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The process of a node and its data: starts, kills, stops and wipes it. */
final class NodeProcess {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration EARLIER_LIMIT = Duration.ofSeconds(10);

  /** Marks the processes of a node, so that the next one on its data finds them. */
  private static final String DATA_VARIABLE = "RESERVA_NODE_DATA";

  private final Supplier<ProcessBuilder> program;
  private final Path data;
  private final Path log;
  private final String started;
  private volatile @Nullable GuardedProcess process;

  /**
   * @param program makes the command of a start
   * @param data folder that a wipe deletes
   * @param log the node's output is appended to it
   * @param started what the log says when the node accepts connections
   */
  NodeProcess(Supplier<ProcessBuilder> program, Path data, Path log, String started) {
    this.program = program;
    this.data = data;
    this.log = log;
    this.started = started;
  }

  void start() throws IOException, InterruptedException {
    if (isAlive()) {
      throw new IllegalStateException("the node runs already");
    }
    awaitEndOfEarlierNode();
    ProcessBuilder command = program.get();
    command.environment().put(DATA_VARIABLE, data.toString());
    GuardedProcess starting = GuardedProcess.start(command, log);
    process = starting;
    starting.awaitLogged(started, START_LIMIT);
  }

  /**
   * The node of a JVM that was killed a moment ago may still be ending. Two nodes would spoil the
   * data.
   */
  private void awaitEndOfEarlierNode() throws InterruptedException {
    long end = System.nanoTime() + EARLIER_LIMIT.toNanos();
    while (runsOnData()) {
      if (System.nanoTime() > end) {
        throw new HarnessFailure("another node runs on %s".formatted(data));
      }
      Thread.sleep(20);
    }
  }

  private boolean runsOnData() {
    String marked = "\0" + DATA_VARIABLE + "=" + data + "\0";
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.anyMatch(each -> environment(each.pid()).contains(marked));
    }
  }

  /** Empty for a process that has ended, and for those of other users. */
  private static String environment(long pid) {
    try {
      return "\0" + Files.readString(Path.of("/proc/" + pid + "/environ"), ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  void kill() throws InterruptedException {
    running().kill();
  }

  void stop() throws InterruptedException {
    stop(STOP_LIMIT);
  }

  void stop(Duration limit) throws InterruptedException {
    running().stop(limit);
  }

  int awaitEnd() throws InterruptedException {
    return running().awaitEnd();
  }

  void wipe() throws IOException, InterruptedException {
    end();
    DataFolders.delete(data);
    start();
  }

  /** Kills the process if there is one. */
  void end() throws InterruptedException {
    if (isAlive()) {
      kill();
    }
  }

  long pid() {
    return running().pid();
  }

  boolean isAlive() {
    GuardedProcess current = process;
    return current != null && current.isAlive();
  }

  private GuardedProcess running() {
    GuardedProcess current = process;
    if (current == null) {
      throw new IllegalStateException("the node has not been started");
    }
    return current;
  }
}
