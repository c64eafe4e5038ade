package dev.reserva.financial;

import static dev.reserva.financial.Fixtures.CAUSE;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.PRICE;
import static dev.reserva.financial.Fixtures.cancelled;
import static dev.reserva.financial.Fixtures.created;
import static dev.reserva.financial.Fixtures.payable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.FinancialEvent.ReceivableCancelled;
import dev.reserva.contracts.FinancialEvent.ReceivableSettled;
import dev.reserva.contracts.Money;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.ProcessPayment;
import dev.reserva.financial.application.RefundPayment;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.financial.domain.ReceivableStatus;
import dev.reserva.messaging.NewIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receivables and their ledger beside the payments, on PostgreSQL. */
class ReceivablesIT {

  private final FinancialHouse house = new FinancialHouse();
  private final FinancialHouse.Instance process = house.process();
  private final UUID order = IDS.next();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void a_paid_order_has_one_row_and_two_entries() {
    house.transactions.run(tx -> {
      NewIds.add(order, tx);
      process.follow(tx, created(order));
      process.follow(tx, payable(order, null));
    });
    assertThat(house.receivable(order).isOpen()).isTrue();
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    Receivable receivable = house.receivable(order);
    assertThat(receivable.state().status()).isEqualTo(ReceivableStatus.SETTLED);
    assertThat(receivable.state().dueAt()).isEqualTo(Fixtures.NOON.plusSeconds(900));
    assertThat(house.ledger(order)).containsExactly("opened 100", "settled 100");
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void an_order_that_is_made_and_ends_in_one_transaction_is_opened_and_cancelled() {
    house.transactions.run(tx -> {
      NewIds.add(order, tx);
      process.follow(tx, created(order));
      process.follow(tx, cancelled(order));
    });

    assertThat(house.receivable(order).state().status()).isEqualTo(ReceivableStatus.CANCELLED);
    assertThat(house.ledger(order)).containsExactlyInAnyOrder("opened 100", "cancelled 100");
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void refunds_are_entered_one_by_one() {
    process.handles(created(order), payable(order, null));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));
    UUID payment = house.paymentOf(order).id();
    house.transactions.run(tx ->
        process.refundPayment.refund(
            new RefundPayment.Request(payment, Money.of("30.00", "BRL"), null), CAUSE, tx));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.PARTIALLY_REFUNDED));
    assertThat(house.receivable(order).state().refunded()).isEqualTo(Money.of("30.00", "BRL"));

    process.handles(cancelled(order));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.REFUNDED));

    Receivable receivable = house.receivable(order);
    assertThat(receivable.state().status()).isEqualTo(ReceivableStatus.SETTLED);
    assertThat(receivable.state().refunded()).isEqualTo(PRICE);
    assertThat(house.ledger(order))
        .containsExactly("opened 100", "settled 100", "refunded 30", "refunded 70");
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_waiting_payment_sets_the_due_date_and_late_money_of_a_replaced_one_is_recorded() {
    process.handles(created(order), payable(order, "pix", "tok_pending"));
    process.worksUntil(() -> house.paymentOf(order).isWaiting());
    Payment first = house.paymentOf(order);
    Instant payBy = Objects.requireNonNull(first.state().instructions()).payBy();
    assertThat(house.receivable(order).state().dueAt()).isNotNull().isEqualTo(payBy);

    house.transactions.run(tx ->
        process.processPayment.process(
            new ProcessPayment.Request(
                order, new PaymentChoice(PaymentMethod.CREDIT_CARD, null), null),
            CAUSE,
            tx));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));
    house.transactions.run(tx ->
        process.settlePayment.byWebhook(
            new SettlePayment.Report("late", first.id(), new Approved("psp")), CAUSE, tx));
    assertThat(house.violations()).isEmpty();
    process.worksUntil(() -> house.payment(first.id()).status() == PaymentStatus.REFUNDED);

    Receivable receivable = house.receivable(order);
    assertThat(receivable.state().status()).isEqualTo(ReceivableStatus.SETTLED);
    assertThat(receivable.state().settled()).isEqualTo(Money.of("200.00", "BRL"));
    assertThat(receivable.state().refunded()).isEqualTo(PRICE);
    assertThat(house.ledger(order))
        .containsExactly("opened 100", "settled 100", "settled 100", "refunded 100");
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void payments_that_race_with_cancellations_settle_or_cancel_each_receivable_once()
      throws Exception {
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      orders.add(IDS.next());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> worker =
          threads.submit(() ->
              process.worksUntil(() ->
                  house.count(
                          "select count(*) from financial.payments"
                              + " where status in ('CANCELLED', 'REFUNDED')")
                      == orders.size()));
      for (UUID each : orders) {
        process.handles(created(each), payable(each, null));
        process.handles(cancelled(each));
      }
      worker.get();
    }

    for (UUID each : orders) {
      boolean settled = house.receivable(each).state().status() == ReceivableStatus.SETTLED;
      assertThat(house.database.published(each))
          .filteredOn(
              fact -> fact instanceof ReceivableSettled || fact instanceof ReceivableCancelled)
          .hasExactlyElementsOfTypes(settled ? ReceivableSettled.class : ReceivableCancelled.class);
    }
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_webhook_and_a_cancellation_at_once_neither_lose_money_nor_deadlock() throws Exception {
    for (int i = 0; i < 20; i++) {
      UUID each = IDS.next();
      process.handles(created(each), payable(each, "tok_pending"));
      process.worksUntil(() -> house.paymentOf(each).isWaiting());
      UUID payment = house.paymentOf(each).id();

      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> end = threads.submit(() -> process.handles(cancelled(each)));
        Future<?> webhook =
            threads.submit(() ->
                house.transactions.run(tx ->
                    process.settlePayment.byWebhook(
                        new SettlePayment.Report(each.toString(), payment, new Approved("psp")),
                        CAUSE,
                        tx)));
        end.get();
        webhook.get();
      }

      assertThat(house.receivable(each).state().settled()).isEqualTo(PRICE);
      assertThat(house.receivable(each).isOpen()).isFalse();
      assertThat(house.violations()).isEmpty();
    }
  }
}
