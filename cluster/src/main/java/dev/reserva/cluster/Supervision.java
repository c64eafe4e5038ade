package dev.reserva.cluster;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What is wanted of a process, and what has become of it. Any thread may use this. */
final class Supervision {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean launched;
  private boolean wanted;
  private boolean closed;
  private boolean everReady;
  private NodeState state = NodeState.WAITING;
  private String reason = "";
  private int restarts;

  /** The state at one moment. */
  record Snapshot(NodeState state, String reason, int restarts) {}

  Snapshot snapshot() {
    lock.lock();
    try {
      return new Snapshot(state, reason, restarts);
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now on it shall run.
   *
   * @return whether this is asked for the first time; never after {@link #close}
   */
  boolean want() {
    lock.lock();
    try {
      boolean first = !launched && !closed;
      launched |= !closed;
      wanted = !closed;
      changed.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** From now on it shall not run. */
  void release() {
    lock.lock();
    try {
      wanted = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * It shall never run again.
   *
   * @return the state in which that was decided
   */
  NodeState close() {
    lock.lock();
    try {
      closed = true;
      release();
      return state;
    } finally {
      lock.unlock();
    }
  }

  boolean isWanted() {
    lock.lock();
    try {
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it has been ready at least once. */
  boolean wasEverReady() {
    lock.lock();
    try {
      return everReady;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it shall run; answers false when it never shall again. */
  boolean awaitWanted() throws InterruptedException {
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

  /** Waits until it is ready, or shall not run any more; answers the state. */
  Snapshot awaitReady() throws InterruptedException {
    lock.lock();
    try {
      while (state != NodeState.READY && wanted) {
        changed.await();
      }
      return snapshot();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits at most this long until it does not run and is not about to; answers whether it is so.
   */
  boolean awaitDown(Duration limit) throws InterruptedException {
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
    return switch (state) {
      case WAITING -> !launched;
      case STOPPED, FAILED -> true;
      case STARTING, READY, BACKING_OFF -> false;
    };
  }

  /** Waits for the whole pause, or until it shall not run any more. */
  void pause(Duration pause) throws InterruptedException {
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

  void set(NodeState next) {
    set(next, "");
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
  }

  /** It has ended and is not started again by itself, or was to end anyway. */
  void fail(String why) {
    lock.lock();
    try {
      boolean wasWanted = wanted;
      wanted = false;
      set(wasWanted ? NodeState.FAILED : NodeState.STOPPED, wasWanted ? why : "");
    } finally {
      lock.unlock();
    }
  }

  /**
   * It has ended and is started again soon, or was to end anyway.
   *
   * @return whether it is to run
   */
  boolean backOff(String why) {
    lock.lock();
    try {
      restarts += wanted ? 1 : 0;
      set(wanted ? NodeState.BACKING_OFF : NodeState.STOPPED, wanted ? why : "");
      return wanted;
    } finally {
      lock.unlock();
    }
  }
}
