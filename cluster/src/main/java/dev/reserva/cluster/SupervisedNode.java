package dev.reserva.cluster;

import dev.reserva.harness.HarnessFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A process of the cluster that is kept running: if it ends by itself, or somebody else kills it,
 * it is started again after a pause ({@link RestartPolicy}). A thread of its own does that.
 *
 * <p>A process that does not even become ready the first time has failed: nothing suggests that it
 * would the next time. Any thread may use this.
 */
public final class SupervisedNode {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final Duration END_LIMIT = Duration.ofMinutes(1);

  private final Program program;
  private final Semaphore starts;
  private final Consumer<SupervisedNode> onChange;
  private final RestartPolicy policy = new RestartPolicy();
  private final Supervision supervision = new Supervision();
  private final Thread supervisor;

  /**
   * @param starts limits how many nodes start at a time
   * @param onChange is told after each change of the state; it is quick
   */
  SupervisedNode(Program program, Semaphore starts, Consumer<SupervisedNode> onChange) {
    this.program = program;
    this.starts = starts;
    this.onChange = onChange;
    this.supervisor = Thread.ofPlatform().name("supervise-" + name()).unstarted(this::supervise);
  }

  /** Such as {@code sales-1}. */
  public String name() {
    return program.role() + "-" + program.instance();
  }

  /** The service, or what it is instead. */
  public String role() {
    return program.role();
  }

  /** Where it listens on 127.0.0.1; the same for all its starts. */
  public int port() {
    return program.port();
  }

  /** The process id; 0 if it does not run. Each start changes it. */
  public long pid() {
    return program.pid();
  }

  public NodeState state() {
    return supervision.snapshot().state();
  }

  /** The state with what is measured now. */
  public NodeStatus status() {
    Supervision.Snapshot now = supervision.snapshot();
    long pid = program.pid();
    return new NodeStatus(
        program.role(),
        program.instance(),
        program.port(),
        pid,
        now.state(),
        now.reason(),
        Memory.of(pid),
        now.restarts());
  }

  /** Lets it be started, for the first time or again, without waiting for it. */
  void launch() {
    if (supervision.want()) {
      supervisor.start();
    }
  }

  /**
   * Waits until it is ready.
   *
   * @throws ClusterFailure if it fails before, or is ended
   */
  void awaitReady() throws InterruptedException {
    Supervision.Snapshot now = supervision.awaitReady();
    if (now.state() != NodeState.READY) {
      throw new ClusterFailure(
          "%s did not start: %s"
              .formatted(name(), now.reason().isEmpty() ? "it was ended" : now.reason()));
    }
  }

  /**
   * Starts it again after {@link #kill}, {@link #stop} or a failure, and waits until it is ready.
   * Does nothing if it runs.
   *
   * @throws ClusterFailure if it does not become ready
   */
  public void start() throws InterruptedException {
    launch();
    awaitReady();
  }

  /** Kills it with {@code kill -9}. It stays down until {@link #start}. */
  public void kill() throws InterruptedException {
    end(program::kill);
  }

  /** Shuts it down, and kills it after the limit. It stays down until {@link #start}. */
  public void stop(Duration limit) throws InterruptedException {
    end(() -> program.stop(limit));
  }

  @FunctionalInterface
  private interface Ending {
    void run() throws InterruptedException;
  }

  private void end(Ending ending) throws InterruptedException {
    supervision.release();
    long end = System.nanoTime() + END_LIMIT.toNanos();
    do {
      if (System.nanoTime() > end) {
        throw new HarnessFailure("%s did not end within %s".formatted(name(), END_LIMIT));
      }
      ending.run(); // again, because its process may have been about to start
    } while (!supervision.awaitDown(LOOK_AGAIN));
  }

  /**
   * Shuts it down for ever.
   *
   * @param limit after it the process is killed
   */
  void close(Duration limit) throws InterruptedException {
    if (supervision.close() != NodeState.READY) {
      supervisor.interrupt(); // of a start there is nothing to drain
    }
    program.stop(limit);
    supervisor.join(limit);
    program.kill(); // if it was about to start
    program.close();
  }

  private void supervise() {
    try {
      while (supervision.awaitWanted()) {
        settle(runOnce());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } finally {
      set(NodeState.STOPPED);
    }
  }

  /** The outcome of one process. */
  private record Run(String why, Duration wasReady) {}

  /** Runs the program until it has ended. */
  private Run runOnce() throws InterruptedException {
    starts.acquire();
    try {
      if (!supervision.isWanted()) {
        return new Run("", Duration.ZERO);
      }
      set(NodeState.STARTING);
      program.start(supervision::isWanted);
    } catch (IOException | HarnessFailure e) {
      program.kill();
      return new Run(String.valueOf(e.getMessage()), Duration.ZERO);
    } finally {
      starts.release();
    }
    if (!supervision.isWanted()) {
      program.kill(); // it was not wanted any more before it was ready
      return new Run("", Duration.ZERO);
    }
    long ready = System.nanoTime();
    set(NodeState.READY);
    int code = program.awaitEnd();
    return new Run("it ended with " + code, Duration.ofNanos(System.nanoTime() - ready));
  }

  /** Decides what becomes of a process that has ended, and waits for the next start. */
  private void settle(Run run) throws InterruptedException {
    if (!supervision.isWanted()) {
      policy.reset(); // an end on purpose is no failure
    }
    Optional<Duration> pause =
        supervision.wasEverReady() ? policy.pause(run.wasReady()) : Optional.empty();
    boolean again = false;
    if (pause.isPresent()) {
      again =
          supervision.backOff(
              "%s; next start after %d ms".formatted(run.why(), pause.get().toMillis()));
    } else if (supervision.wasEverReady()) {
      policy.reset(); // for whoever starts it by hand
      supervision.fail(
          "%s, after %d restarts in a row".formatted(run.why(), RestartPolicy.ATTEMPTS));
    } else {
      supervision.fail(run.why());
    }
    onChange.accept(this);
    if (again) {
      supervision.pause(pause.get());
    }
  }

  private void set(NodeState next) {
    supervision.set(next);
    onChange.accept(this);
  }
}
