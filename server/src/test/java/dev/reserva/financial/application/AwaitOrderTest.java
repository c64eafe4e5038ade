package dev.reserva.financial.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestTransactions;
import dev.reserva.financial.Fixtures;
import dev.reserva.financial.adapters.memory.MemoryOrderNotes;
import dev.reserva.financial.adapters.memory.MemoryPayments;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A request for an order that may have been placed a moment ago. */
class AwaitOrderTest {
  private final TestTransactions transactions = new TestTransactions(Fixtures.NOON);
  private final Payments payments = new MemoryPayments();
  private final UUID order = Fixtures.IDS.next();
  private final AtomicInteger waits = new AtomicInteger();

  @Test
  void an_order_that_is_known_is_not_waited_for() {
    pay(order);
    assertThat(awaitOrder(_ -> false).await(order, Fixtures.CUSTOMER)).isTrue();
    assertThat(waits).hasValue(0);
  }

  @Test
  void an_order_becomes_known_by_an_event_on_its_way() {
    assertThat(awaitOrder(_ -> pay(order)).await(order, Fixtures.CUSTOMER)).isTrue();
    assertThat(waits).hasValue(1);
  }

  @Test
  void nothing_is_certain_about_an_unknown_order_while_events_are_to_be_handled() {
    assertThat(awaitOrder(_ -> false).await(order, Fixtures.CUSTOMER)).isFalse();
    assertThat(waits).hasValue(1);
  }

  @Test
  void the_order_of_another_customer_is_like_an_unknown_one() {
    pay(order);
    assertThat(awaitOrder(_ -> false).await(order, Fixtures.IDS.next())).isFalse();
    assertThat(awaitOrder(_ -> false).await(order, null)).as("whoever pays").isTrue();
  }

  private boolean pay(UUID orderId) {
    transactions.run(tx -> payments.insert(List.of(Fixtures.payment(orderId)), tx));
    return true;
  }

  private AwaitOrder awaitOrder(Predicate<Duration> news) {
    return new AwaitOrder(
        payments,
        new MemoryOrderNotes(),
        transactions,
        limit -> {
          waits.incrementAndGet();
          return news.test(limit);
        });
  }
}
