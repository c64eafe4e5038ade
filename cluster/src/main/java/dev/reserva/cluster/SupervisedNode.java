package dev.reserva.cluster;

import dev.reserva.harness.HarnessFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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

  private final Program program;
  private final Semaphore starts;
  private final Consumer<SupervisedNode> onChange;
  private final RestartPolicy policy = new RestartPolicy();
  private final Thread supervisor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean wanted;
  private boolean closed;
  private boolean everReady;
  private NodeState state = NodeState.WAITING;
  private String reason = "";
  private int restarts;

  /**
   * @param starts limits how many nodes start at a time
   * @param onChange runs after each change of the state; it is quick
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
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /** The state with what is measured now. */
  public NodeStatus status() {
    long pid = program.pid();
    lock.lock();
    try {
      return new NodeStatus(
          program.role(),
          program.instance(),
          program.port(),
          pid,
          state,
          reason,
          Memory.of(pid),
          restarts);
    } finally {
      lock.unlock();
    }
  }

  /** Lets it be started, for the first time or again, without waiting for it. */
  void launch() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      wanted = true;
      policy.reset();
      if (supervisor.getState() == Thread.State.NEW) {
        supervisor.start();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it is ready.
   *
   * @throws ClusterFailure if it fails before, or is stopped
   */
  void awaitReady() throws InterruptedException {
    lock.lock();
    try {
      while (state != NodeState.READY) {
        if (!wanted) {
          throw new ClusterFailure(
              "%s did not start: %s".formatted(name(), reason.isEmpty() ? "it was ended" : reason));
        }
        changed.await();
      }
    } finally {
      lock.unlock();
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
    lock.lock();
    try {
      wanted = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    do {
      ending.run(); // again, because its process may have been about to start
    } while (!awaitDown(LOOK_AGAIN));
  }

  private boolean awaitDown(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (!isDown() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return isDown();
    } finally {
      lock.unlock();
    }
  }

  private boolean isDown() {
    lock.lock();
    try {
      return switch (state) {
        case WAITING -> supervisor.getState() == Thread.State.NEW;
        case STOPPED, FAILED -> true;
        case STARTING, READY, BACKING_OFF -> false;
      };
    } finally {
      lock.unlock();
    }
  }

  /**
   * Shuts it down for ever.
   *
   * @param limit after it the process is killed
   */
  void close(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      closed = true;
      wanted = false;
      changed.signalAll();
      if (state != NodeState.READY) {
        supervisor.interrupt(); // of a start there is nothing to drain
      }
    } finally {
      lock.unlock();
    }
    program.stop(limit);
    supervisor.join(limit);
    program.kill(); // if it was about to start
    program.close();
  }

  private void supervise() {
    try {
      while (awaitWanted()) {
        settle(runOnce());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } finally {
      set(NodeState.STOPPED, "");
    }
  }

  /** Answers false when it is closed. */
  private boolean awaitWanted() throws InterruptedException {
    lock.lock();
    try {
      while (!wanted && !closed) {
        changed.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** The outcome of one process. */
  private record Run(String why, Duration wasReady) {}

  /** Runs the program until it has ended. */
  private Run runOnce() throws InterruptedException {
    starts.acquire();
    try {
      if (!isWanted()) {
        return new Run("", Duration.ZERO);
      }
      set(NodeState.STARTING, "");
      program.start(this::isWanted);
    } catch (IOException | HarnessFailure e) {
      program.kill();
      return new Run(String.valueOf(e.getMessage()), Duration.ZERO);
    } finally {
      starts.release();
    }
    if (!isWanted()) {
      program.kill(); // it was not wanted any more before it was ready
      return new Run("", Duration.ZERO);
    }
    long ready = System.nanoTime();
    set(NodeState.READY, "");
    int code = program.awaitEnd();
    return new Run("it ended with " + code, Duration.ofNanos(System.nanoTime() - ready));
  }

  /** Decides what becomes of a process that has ended, and waits for the next start. */
  private void settle(Run run) throws InterruptedException {
    boolean first = !everReady;
    Optional<Duration> pause = first ? Optional.empty() : policy.pause(run.wasReady());
    lock.lock();
    try {
      if (!wanted) {
        state = NodeState.STOPPED;
        reason = "";
      } else if (pause.isEmpty()) {
        wanted = false;
        state = NodeState.FAILED;
        reason =
            first
                ? run.why()
                : "%s, for the %dth time".formatted(run.why(), RestartPolicy.ATTEMPTS);
      } else {
        state = NodeState.BACKING_OFF;
        reason = "%s; next start after %d ms".formatted(run.why(), pause.get().toMillis());
        restarts++;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    onChange.accept(this);
    awaitPause(pause.orElse(Duration.ZERO));
  }

  private void awaitPause(Duration pause) throws InterruptedException {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (wanted && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isWanted() {
    lock.lock();
    try {
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  private void set(NodeState next, String why) {
    lock.lock();
    try {
      state = next;
      reason = why;
      everReady |= next == NodeState.READY;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    onChange.accept(this);
  }
}
