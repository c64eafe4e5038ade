package dev.reserva.messaging.delivery;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Repeats a loop's rounds on one thread until another thread stops it. */
final class Repetition {

  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  /** A step of the loop, and the wait for work if there may be none. */
  @FunctionalInterface
  interface Round {
    void run() throws InterruptedException;
  }

  /** Repeats the round until {@link #stop}, or until the thread is interrupted. */
  void run(Round round) {
    thread = Thread.currentThread();
    try {
      while (!stopped) {
        round.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  /** Ends the repetition after its current round, and a pause at once. Any thread may call it. */
  void stop() {
    stopped = true;
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
    }
  }

  /** Waits within a round. */
  void pause(Duration duration) {
    if (!stopped && duration.isPositive()) {
      LockSupport.parkNanos(this, duration.toNanos());
    }
  }
}
