package dev.reserva.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AwaitOrderTest {

  private static final UUID ORDER = new UUID(0, 1);

  @Test
  void a_waiter_is_woken_when_the_order_is_settled() throws InterruptedException {
    var waiting = new AwaitOrder(1);
    var settled = new AtomicBoolean();
    var looking = new CountDownLatch(1);
    var looks = new AtomicInteger();
    long start = System.nanoTime();
    Thread waiter =
        Thread.ofVirtual()
            .start(() ->
                waiting.await(
                    ORDER,
                    Duration.ofSeconds(10),
                    id -> {
                      looks.incrementAndGet();
                      looking.countDown();
                      return settled.get();
                    }));
    looking.await();
    var tx = new MemoryUnitOfWork();
    waiting.settledBy(List.of(ORDER), tx);
    settled.set(true);
    tx.commit();
    waiter.join();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(looks).hasValueLessThanOrEqualTo(3);
  }

  @Test
  void what_another_process_settles_is_noticed_by_looking() {
    var looks = new AtomicInteger();
    assertThat(
            new AwaitOrder(1)
                .await(ORDER, Duration.ofSeconds(10), id -> looks.incrementAndGet() > 2))
        .isTrue();
    assertThat(looks).hasValue(3);
  }

  @Test
  void a_waiter_gives_up_when_its_time_is_over() {
    long start = System.nanoTime();
    assertThat(new AwaitOrder(1).await(ORDER, Duration.ofMillis(50), id -> false)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void one_more_than_there_are_places_does_not_wait() {
    assertThat(new AwaitOrder(0).await(ORDER, Duration.ofSeconds(10), id -> false)).isFalse();
  }
}
