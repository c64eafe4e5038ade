package dev.reserva.harness.broker;

import dev.reserva.harness.GuardedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The process of a node and its data: starts, kills, stops and wipes it. */
final class NodeProcess {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final Supplier<ProcessBuilder> program;
  private final Path data;
  private final Path log;
  private final String started;
  private @Nullable GuardedProcess process;

  /**
   * @param program makes the command of a start
   * @param data folder that a wipe deletes
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
    GuardedProcess starting = GuardedProcess.start(program.get(), log);
    process = starting;
    starting.awaitLogged(started, START_LIMIT);
  }

  void kill() throws InterruptedException {
    running().kill();
  }

  void stop() throws InterruptedException {
    running().stop(STOP_LIMIT);
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
    return process != null && process.isAlive();
  }

  private GuardedProcess running() {
    GuardedProcess current = process;
    if (current == null) {
      throw new IllegalStateException("the node has not been started");
    }
    return current;
  }
}
