package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Transactions.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchLimiterTest {

  /** Longer than a test lasts, so that no wait ends without a permit. */
  private static final long FOR_EVER = TimeUnit.MINUTES.toMillis(1);

  @Test
  void no_more_batches_run_at_once_than_there_are_permits() throws InterruptedException {
    BatchLimiter limiter = new BatchLimiter(2, FOR_EVER);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int batch = 0; batch < 200; batch++) {
                  try (Permit _ = limiter.acquire()) {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(1_000);
                    atOnce.decrementAndGet();
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most).hasValueBetween(1, 2);
    assertThat(atOnce).hasValue(0);
  }

  @Test
  void a_released_permit_goes_to_a_waiting_batch() throws InterruptedException {
    BatchLimiter limiter = new BatchLimiter(1, FOR_EVER);
    Permit held = limiter.acquire();
    CountDownLatch waits = new CountDownLatch(1);
    CompletableFuture<Permit> next =
        CompletableFuture.supplyAsync(() -> {
          waits.countDown();
          return limiter.acquire();
        });
    waits.await();
    assertThat(next).isNotDone();
    held.close();
    next.join().close();
  }

  @Test
  void a_batch_whose_wait_times_out_runs_without_a_permit_and_releases_none() {
    BatchLimiter limiter = new BatchLimiter(1, 1);
    Permit held = limiter.acquire();
    limiter.acquire().close(); // the only permit is taken, so closing this one must free none
    assertThat(limiter.free()).isZero();
    held.close();
    assertThat(limiter.free()).isOne();
  }

  @Test
  void an_interrupt_ends_the_wait_and_is_kept() throws InterruptedException {
    BatchLimiter limiter = new BatchLimiter(1, FOR_EVER);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    try (Permit _ = limiter.acquire()) {
      Thread waiter =
          Thread.ofPlatform()
              .start(() -> {
                limiter.acquire().close();
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      waiter.interrupt();
      waiter.join();
    }
    assertThat(interrupted).isCompletedWithValue(true);
    assertThat(limiter.free()).isOne();
  }
}
