package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerRunnerTest {

  private static final Duration LONG = Duration.ofHours(1);

  private static void ended(WorkerRunner runner, Thread thread) throws InterruptedException {
    runner.stop();
    assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void a_worker_with_more_work_runs_again_at_once() throws InterruptedException {
    CountDownLatch steps = new CountDownLatch(100);
    WorkerRunner runner =
        new WorkerRunner(
            new Worker(
                "test",
                LONG,
                () -> {
                  steps.countDown();
                  return steps.getCount() > 0;
                }),
            Clock.systemUTC());
    Thread thread = Thread.ofPlatform().start(runner);

    assertThat(steps.await(30, TimeUnit.SECONDS)).isTrue();
    ended(runner, thread);
    assertThat(runner.status().steps()).isEqualTo(100);
  }

  @Test
  void a_pausing_worker_can_be_woken() throws InterruptedException {
    Semaphore steps = new Semaphore(0);
    WorkerRunner runner =
        new WorkerRunner(
            new Worker(
                "test",
                LONG,
                () -> {
                  steps.release();
                  return false;
                }),
            Clock.systemUTC());
    Thread thread = Thread.ofPlatform().start(runner);
    assertThat(steps.tryAcquire(30, TimeUnit.SECONDS)).isTrue();

    runner.wake();

    assertThat(steps.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    ended(runner, thread);
  }

  @Test
  void a_worker_continues_after_failures_and_reports_the_last_one() throws InterruptedException {
    AtomicInteger steps = new AtomicInteger();
    CountDownLatch third = new CountDownLatch(3);
    WorkerRunner runner =
        new WorkerRunner(
            new Worker(
                "test",
                Duration.ofMillis(1),
                () -> {
                  third.countDown();
                  throw new IllegalStateException("failure " + steps.incrementAndGet());
                }),
            Clock.systemUTC());
    Thread thread = Thread.ofPlatform().start(runner);
    assertThat(third.await(30, TimeUnit.SECONDS)).isTrue();
    ended(runner, thread);

    assertThat(runner.status().failures()).isEqualTo(steps.get());
    assertThat(runner.status().lastError()).isEqualTo("failure " + steps.get());
    assertThat(runner.status().steps()).isZero();
  }

  @Test
  void pauses_after_failures_grow_to_ten_intervals_at_most_a_minute() {
    WorkerRunner quick =
        new WorkerRunner(new Worker("q", Duration.ofSeconds(1), () -> false), Clock.systemUTC());
    assertThat(quick.pause(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(quick.pause(2)).isEqualTo(Duration.ofMillis(200));
    assertThat(quick.pause(50)).isEqualTo(Duration.ofSeconds(10));
    WorkerRunner slow = new WorkerRunner(new Worker("s", LONG, () -> false), Clock.systemUTC());
    assertThat(slow.pause(50)).isEqualTo(Duration.ofMinutes(1));
  }
}
