package dev.reserva.financial.application;

import static dev.reserva.financial.Fixtures.CAUSE;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.NOON;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.FinancialEvent.PaymentCancelled;
import dev.reserva.financial.Fixtures;
import dev.reserva.financial.adapters.memory.MemoryPayments;
import dev.reserva.financial.adapters.memory.MemoryReceivables;
import dev.reserva.financial.adapters.memory.MemoryRefunds;
import dev.reserva.financial.application.Settlements.Settled;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.SettledBy;
import dev.reserva.financial.domain.Settlement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state of a held payment after the payment that it replaces has ended. */
class SettlementsTest {

  private final TestTransactions transactions = new TestTransactions(NOON);
  private final Payments payments = new MemoryPayments();
  private final Receivables receivables = new MemoryReceivables();
  private final AtomicInteger wakeUps = new AtomicInteger();
  private final Settlements settlements =
      new Settlements(payments, new MemoryRefunds(), IDS, wakeUps::incrementAndGet, () -> {});

  private final Payment replaced = Fixtures.payment(IDS.next());
  private final Payment held = Fixtures.payment(replaced.terms().orderId(), replaced.id());

  @BeforeEach
  void replace() {
    replaced.claim(NOON.plusSeconds(5));
    replaced.awaitBuyer(Instructions.NONE, NOON.plusSeconds(60), NOON);
    replaced.replaceBy(held.id(), NOON);
    transactions.run(tx -> payments.insert(List.of(replaced, held), tx));
  }

  @Test
  void it_is_due_when_the_replaced_payment_has_ended_without_money() {
    record(replaced.abandon(NOON));

    assertThat(heldNow().state().dueAt()).isEqualTo(NOON);
    assertThat(wakeUps).hasValue(1);
  }

  @Test
  void a_second_answer_in_the_same_batch_does_not_keep_it_held() {
    record(replaced.abandon(NOON), replaced.decline("late", SettledBy.PROVIDER, NOON));

    assertThat(heldNow().state().isHeld()).isFalse();
  }

  @Test
  void it_ends_when_the_buyer_has_paid_the_replaced_payment() {
    record(replaced.approve("t", SettledBy.WEBHOOK, NOON));

    assertThat(heldNow().status()).isEqualTo(PaymentStatus.CANCELLED);
    assertThat(transactions.published())
        .last()
        .isEqualTo(
            new PaymentCancelled(
                held.id(), held.terms().orderId(), Fixtures.PRICE, Payment.ORDER_PAID));
    assertThat(wakeUps).hasValue(0);
  }

  @Test
  void it_stays_held_while_the_provider_does_not_answer() {
    record(new Settlement.Unchanged());

    assertThat(heldNow().state().isHeld()).isTrue();
  }

  private void record(Settlement... outcomes) {
    transactions.run(tx ->
        settlements.record(
            List.of(replaced),
            List.of(outcomes).stream()
                .map(outcome -> new Settled(replaced, outcome, CAUSE))
                .toList(),
            new ReceivableBook(receivables, List.of(replaced.terms().orderId()), tx),
            NOON,
            tx));
  }

  private Payment heldNow() {
    return requireNonNull(
        transactions.snapshot(tx -> payments.find(List.of(held.id()), tx)).get(held.id()));
  }
}
