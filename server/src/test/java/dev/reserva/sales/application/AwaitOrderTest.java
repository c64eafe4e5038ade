package dev.reserva.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestTransactions;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.SampleOrders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AwaitOrderTest {

  private static final Duration LONG = Duration.ofSeconds(15);
  private static final OrderState CONFIRMED = SampleOrders.in(OrderStatus.CONFIRMED).state();
  private static final OrderState PENDING = SampleOrders.in(OrderStatus.PENDING).state();
  private static final UUID ORDER = CONFIRMED.id();

  private final TestTransactions transactions = new TestTransactions(SampleOrders.LATER);

  /** Fails on a query, because the outcome must have been handed over. */
  private static Optional<OrderState> nobodyLooks(UUID id) {
    throw new AssertionError("looked for " + id);
  }

  /** Waits as the buyer of an order that was placed just now. */
  private static Optional<OrderState> await(
      AwaitOrder waiting, Duration timeout, Function<UUID, Optional<OrderState>> look) {
    AwaitOrder.Wait wait = waiting.prepare();
    wait.placed(ORDER, timeout);
    return wait.outcome(look);
  }

  private void settle(AwaitOrder waiting) {
    transactions.run(tx -> waiting.settledBy(List.of(SampleOrders.in(OrderStatus.CONFIRMED)), tx));
  }

  @Test
  void a_waiter_gets_the_outcome_when_it_is_durable_and_not_before() {
    var waiting = new AwaitOrder(1);
    var looked = new CompletableFuture<UUID>();
    CompletableFuture<Optional<OrderState>> outcome =
        CompletableFuture.supplyAsync(() ->
            await(
                waiting,
                LONG,
                id -> {
                  looked.complete(id);
                  return Optional.of(PENDING);
                }));
    looked.join(); // so it waits
    transactions.run(tx -> {
      waiting.settledBy(List.of(SampleOrders.in(OrderStatus.CONFIRMED)), tx);
      assertThat(outcome).isNotDone();
    });
    assertThat(outcome.join()).contains(CONFIRMED);
  }

  @Test
  void a_waiter_that_comes_after_the_outcome_finds_it_without_a_query() {
    var waiting = new AwaitOrder(1);
    settle(waiting);
    assertThat(await(waiting, LONG, AwaitOrderTest::nobodyLooks)).contains(CONFIRMED);
  }

  @Test
  void an_order_that_another_process_settles_is_found_by_polling() {
    var looks = new AtomicInteger();
    assertThat(
            await(
                new AwaitOrder(1),
                LONG,
                id -> Optional.of(looks.incrementAndGet() > 2 ? CONFIRMED : PENDING)))
        .contains(CONFIRMED);
    assertThat(looks).hasValue(3);
  }

  @Test
  void a_waiter_that_times_out_gets_the_current_order() {
    assertThat(await(new AwaitOrder(1), Duration.ofMillis(50), id -> Optional.of(PENDING)))
        .contains(PENDING);
  }

  @Test
  void two_waiters_for_one_order_both_get_the_outcome() {
    var waiting = new AwaitOrder(2);
    var settled = new AtomicBoolean();
    var looks = new AtomicInteger();
    List<CompletableFuture<Optional<OrderState>>> outcomes =
        Stream.generate(() ->
                CompletableFuture.supplyAsync(
                    () ->
                        await(
                            waiting,
                            LONG,
                            id -> {
                              looks.incrementAndGet();
                              return Optional.of(settled.get() ? CONFIRMED : PENDING);
                            }),
                    Thread::startVirtualThread))
            .limit(2)
            .toList();
    Awaitility.await().until(() -> looks.get() >= 2);
    settled.set(true);
    settle(waiting);
    assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.join()).contains(CONFIRMED));
  }

  @Test
  void one_more_than_there_are_places_does_not_wait() {
    assertThat(await(new AwaitOrder(0), LONG, AwaitOrderTest::nobodyLooks)).isEmpty();
  }

  @Test
  void a_place_is_free_again_after_each_wait() {
    var waiting = new AwaitOrder(1);
    for (int i = 0; i < 3; i++) {
      assertThat(await(waiting, Duration.ZERO, id -> Optional.of(PENDING))).contains(PENDING);
    }
  }

  @Test
  void a_buyer_sleeps_from_placing_to_settling_and_is_not_woken_between() throws Exception {
    var waiting = new AwaitOrder(1);
    var prepared = new CompletableFuture<AwaitOrder.Wait>();
    var outcome = new CompletableFuture<Optional<OrderState>>();
    Thread.startVirtualThread(() -> {
      AwaitOrder.Wait wait = waiting.prepare();
      prepared.complete(wait);
      outcome.complete(wait.outcome(AwaitOrderTest::nobodyLooks));
    });
    prepared.join().placed(ORDER, LONG);
    assertThat(outcome).isNotDone();
    settle(waiting);
    assertThat(outcome.get()).contains(CONFIRMED);
  }

  @Test
  void a_buyer_with_nothing_to_wait_for_continues() {
    var waiting = new AwaitOrder(1);
    AwaitOrder.Wait wait = waiting.prepare();
    wait.notPlaced();
    assertThat(wait.outcome(AwaitOrderTest::nobodyLooks)).isEmpty();
  }

  @Test
  void a_buyer_that_leaves_before_the_order_is_placed_takes_no_place() {
    var waiting = new AwaitOrder(1);
    AwaitOrder.Wait gone = waiting.prepare();
    Thread.currentThread().interrupt();
    assertThat(gone.outcome(AwaitOrderTest::nobodyLooks)).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
    gone.placed(ORDER, LONG);
    assertThat(await(waiting, Duration.ZERO, id -> Optional.of(PENDING))).contains(PENDING);
  }
}
