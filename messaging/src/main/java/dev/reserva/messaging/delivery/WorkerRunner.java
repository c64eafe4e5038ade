package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Backbone.WorkerStatus;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a worker's step until it is stopped. After a failure it backs off: the pause doubles, up
 * to ten intervals and at most a minute.
 */
final class WorkerRunner implements Runnable {

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int LONGEST_PAUSE_IN_INTERVALS = 10;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Logger LOG = LoggerFactory.getLogger(WorkerRunner.class);

  private final Worker worker;
  private final Clock clock;
  private final Semaphore signal = new Semaphore(0);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean stopped;
  private final LongAdder steps = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile @Nullable Instant lastRunAt;
  private volatile @Nullable String lastError;

  WorkerRunner(Worker worker, Clock clock) {
    this.worker = worker;
    this.clock = clock;
  }

  String name() {
    return worker.name();
  }

  WorkerStatus status() {
    return new WorkerStatus(
        worker.name(), worker.interval(), steps.sum(), failures.sum(), lastRunAt, lastError);
  }

  void wake() {
    if (signal.availablePermits() == 0) {
      signal.release();
    }
  }

  void stop() {
    stopped = true;
    stopping.countDown();
    wake();
  }

  @Override
  public void run() {
    int failuresInARow = 0;
    while (!stopped) {
      boolean more = false;
      try {
        lastRunAt = clock.instant();
        signal.drainPermits();
        more = worker.step().run();
        steps.increment();
        failuresInARow = 0;
        lastError = null;
      } catch (Throwable e) {
        failures.increment();
        failuresInARow++;
        lastError = String.valueOf(e.getMessage());
        if (failuresInARow == 1) {
          if (e instanceof DependencyUnavailable) {
            LOG.warn(
                "worker backs off, a dependency is down: worker={} reason={}",
                worker.name(),
                e.getMessage());
          } else {
            LOG.error("worker failed, it backs off and tries again: worker={}", worker.name(), e);
          }
        }
      }
      if (!more && !stopped) {
        try {
          pauseAfter(failuresInARow);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void pauseAfter(int failuresInARow) throws InterruptedException {
    if (failuresInARow == 0) {
      if (signal.tryAcquire(worker.interval().toNanos(), TimeUnit.NANOSECONDS)) {
        signal.drainPermits();
      }
    } else if (stopping.await(pause(failuresInARow).toNanos(), TimeUnit.NANOSECONDS)) {
      // A signal does not end this pause, so that a dependency that is down is not called too
      // often.
      LOG.debug("worker stops while it fails: worker={}", worker.name());
    }
  }

  Duration pause(int failuresInARow) {
    long longest =
        Math.clamp(
            worker.interval().toMillis() * LONGEST_PAUSE_IN_INTERVALS,
            SHORTEST_PAUSE.toMillis(),
            LONGEST_PAUSE.toMillis());
    long pause = SHORTEST_PAUSE.toMillis() << Math.min(failuresInARow - 1, 12);
    return Duration.ofMillis(Math.min(pause, longest));
  }
}
