package dev.reserva.financial;

import static dev.reserva.financial.Fixtures.CAUSE;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.cancelled;
import static dev.reserva.financial.Fixtures.payable;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.FinancialEvent.PaymentApproved;
import dev.reserva.contracts.FinancialEvent.PaymentCancelled;
import dev.reserva.contracts.FinancialEvent.PaymentFailed;
import dev.reserva.contracts.FinancialEvent.PaymentPending;
import dev.reserva.contracts.FinancialEvent.PaymentProcessing;
import dev.reserva.contracts.FinancialEvent.PaymentRefunded;
import dev.reserva.contracts.FinancialEvent.PaymentRequested;
import dev.reserva.contracts.FinancialEvent.ReceivableCancelled;
import dev.reserva.contracts.FinancialEvent.ReceivableOpened;
import dev.reserva.contracts.FinancialEvent.ReceivableSettled;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.financial.application.PaymentPolicy;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.application.PaymentProvider.Answer;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.PaymentProvider.Charge;
import dev.reserva.financial.application.PaymentProvider.Decision;
import dev.reserva.financial.application.PaymentProvider.Declined;
import dev.reserva.financial.application.PaymentProvider.Repay;
import dev.reserva.financial.application.PaymentProvider.Repayment;
import dev.reserva.financial.application.ProcessPayment;
import dev.reserva.financial.application.RefundPayment;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.financial.domain.Owing;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.messaging.NewIds;
import dev.reserva.platform.integrity.OrderClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Money is captured once, and refunded if it is no longer owed, whatever fails in between. */
class TakeMoneyIT {

  private final FinancialHouse house = new FinancialHouse();
  private final FinancialHouse.Instance process = house.process();
  private final UUID order = IDS.next();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void an_order_that_can_be_paid_is_paid() {
    process.handles(payable(order, null));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    assertThat(house.database.published(order))
        .extracting(Object::getClass)
        .containsExactly(
            ReceivableOpened.class,
            PaymentRequested.class,
            PaymentProcessing.class,
            PaymentApproved.class,
            ReceivableSettled.class);
    assertThat(house.captured()).isEqualTo(1);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_repeated_event_changes_nothing() {
    process.handles(payable(order, null), payable(order, null));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));
    process.handles(payable(order, null));
    process.handles(cancelled(order), cancelled(order));
    process.handles(cancelled(order));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.REFUNDED));
    process.handles(payable(order, null), cancelled(order));
    process.worksFor(Duration.ofMillis(50));

    assertThat(house.database.published(order)).hasSize(6);
    assertThat(house.givenBack()).isEqualTo(100);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void an_order_that_the_transaction_has_made_is_known_to_its_next_event() {
    house.transactions.run(tx -> {
      NewIds.add(order, tx);
      process.follow(tx, payable(order, null));
      process.follow(tx, payable(order, null));
      process.follow(tx, cancelled(order));
    });
    // The claimed call succeeds, or is late and the next attempt abandons it.
    process.worksUntil(() ->
        house.isAt(order, PaymentStatus.REFUNDED) || house.isAt(order, PaymentStatus.CANCELLED));

    assertThat(house.database.published(order))
        .filteredOn(PaymentRequested.class::isInstance)
        .hasSize(1);
    assertThat(house.givenBack()).isEqualTo(house.captured() * 100);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_declined_payment_fails_with_the_reason() {
    process.handles(payable(order, "tok_decline"));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.FAILED));

    assertThat(house.database.published(order))
        .last()
        .isEqualTo(
            new PaymentFailed(
                house.paymentOf(order).id(),
                order,
                Money.of("100.00", "BRL"),
                "declined",
                null,
                null));
    assertThat(house.captured()).isZero();
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_provider_that_fails_at_first_is_asked_again_with_the_same_key() {
    process.handles(payable(order, "tok_flaky_3"));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    assertThat(house.paymentOf(order).attempts()).isEqualTo(4);
    assertThat(house.captured()).isEqualTo(1);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_slow_answer_is_found_by_inquiry_and_not_charged_again() {
    process.handles(payable(order, "tok_slow_2000"));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    assertThat(house.paymentOf(order).attempts()).isEqualTo(2);
    assertThat(house.captured()).isEqualTo(1);
  }

  @Test
  void a_provider_that_never_answers_is_asked_until_the_order_ends() {
    process.handles(payable(order, "tok_timeout"));
    process.worksUntil(() -> house.paymentOf(order).attempts() > 2);
    assertThat(house.paymentOf(order).status()).isEqualTo(PaymentStatus.PROCESSING);

    process.handles(cancelled(order));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.CANCELLED));

    assertThat(house.captured()).isZero();
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_provider_that_never_answers_leaves_five_events_however_often_it_is_asked() {
    process.handles(payable(order, "tok_timeout"));
    process.worksUntil(() -> house.paymentOf(order).attempts() > 5);
    process.handles(cancelled(order));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.CANCELLED));

    assertThat(house.database.published(order))
        .extracting(Object::getClass)
        .containsExactly(
            ReceivableOpened.class,
            PaymentRequested.class,
            PaymentProcessing.class,
            ReceivableCancelled.class,
            PaymentCancelled.class);
  }

  @Test
  void a_crash_between_the_call_and_its_record_takes_the_money_once() {
    var calls = new AtomicInteger();
    var doomed =
        house.process(
            provider ->
                new RelayedProvider(provider) {
                  @Override
                  public Answer charge(Charge charge) {
                    super.charge(charge);
                    calls.incrementAndGet();
                    throw new IllegalStateException("died with the answer");
                  }
                },
            Optional.of(PaymentMethod.PIX));
    doomed.handles(payable(order, null));
    await(() -> calls.get() == 1);
    doomed.close();

    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    assertThat(house.captured()).isEqualTo(1);
    assertThat(house.paymentOf(order).attempts()).isEqualTo(2);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_crash_before_the_call_loses_no_payment() {
    var doomed = house.process(provider -> provider, Optional.of(PaymentMethod.PIX));
    doomed.close(); // starts no more calls, so only the claim is recorded
    doomed.handles(payable(order, null));

    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    assertThat(house.captured()).isEqualTo(1);
  }

  @Test
  void a_success_after_the_cancellation_is_refunded() {
    process.handles(payable(order, "tok_slow_150"));
    // Otherwise the cancellation may come before the capture and correctly void the charge.
    await(() -> house.captured() == 1);
    process.handles(cancelled(order));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.REFUNDED));

    assertThat(house.captured()).isEqualTo(1);
    assertThat(house.givenBack()).isEqualTo(100);
    assertThat(house.database.published(order)).last().isInstanceOf(PaymentRefunded.class);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_cancelled_order_that_was_paid_gets_its_money_back() {
    process.handles(payable(order, null));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));
    process.handles(cancelled(order));

    assertThat(house.paymentOf(order).balance().owed()).isEqualTo(Money.of("100.00", "BRL"));
    assertThat(house.violations()).isEmpty();

    process.worksUntil(() -> house.isAt(order, PaymentStatus.REFUNDED));
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_cancellation_that_overtakes_its_order_lets_no_payment_be_made() {
    process.handles(cancelled(order));
    process.handles(payable(order, null));
    process.worksFor(Duration.ofMillis(50));

    assertThat(house.count("select count(*) from financial.payments")).isZero();
    assertThat(house.captured()).isZero();
    assertThat(pay(order, process)).isEqualTo(new ProcessPayment.Refusal.OrderDead());
  }

  @Test
  void an_order_cancelled_in_the_batch_that_made_it_payable_is_never_charged() {
    process.handles(payable(order, null), cancelled(order));
    process.worksFor(Duration.ofMillis(50));

    assertThat(house.isAt(order, PaymentStatus.CANCELLED)).isTrue();
    assertThat(house.count("select count(*) from psp_simulator.charges")).isZero();
  }

  @Test
  void cancellations_that_race_with_approvals_keep_no_money() throws Exception {
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
                      == 60));
      for (UUID each : orders) {
        process.handles(payable(each, null));
        process.handles(cancelled(each));
      }
      worker.get();
    }

    assertThat(house.givenBack()).isEqualTo(house.captured() * 100);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void two_processes_at_once_take_each_payment_once() throws Exception {
    var other = house.process();
    List<UUID> orders = new ArrayList<>();
    List<SalesEvent> facts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      UUID id = IDS.next();
      orders.add(id);
      facts.add(payable(id, i % 3 == 0 ? "tok_flaky_1" : null));
    }
    process.handles(facts.toArray(SalesEvent[]::new)); // more than it may call at a time

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> workers = new ArrayList<>();
      for (var each : List.of(process, other)) {
        workers.add(
            threads.submit(() ->
                each.worksUntil(() ->
                    house.count(
                            "select count(*) from financial.payments"
                                + " where status = 'SUCCEEDED'")
                        == 300)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    }

    assertThat(house.captured()).isEqualTo(300);
    for (UUID each : orders) {
      assertThat(house.database.published(each))
          .filteredOn(PaymentApproved.class::isInstance)
          .hasSize(1);
    }
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void partial_refunds_that_race_never_give_back_more_than_was_paid() throws Exception {
    process.handles(payable(order, null));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));
    UUID payment = house.paymentOf(order).id();

    AtomicInteger promised = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> buyers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        buyers.add(
            threads.submit(() -> {
              if (refund(payment, Money.of("30.00", "BRL"))
                  instanceof RefundPayment.Outcome.Promised) {
                promised.incrementAndGet();
              }
            }));
      }
      for (Future<?> buyer : buyers) {
        buyer.get();
      }
    }

    assertThat(promised).hasValue(3);
    assertThat(refund(payment, Money.of("30.00", "BRL")))
        .isEqualTo(
            new RefundPayment.Refusal.Impossible(new Owing.TooMuch(Money.of("10.00", "BRL"))));
    process.worksUntil(() -> house.givenBack() == 90);
    process.worksUntil(
        () -> house.paymentOf(order).balance().refunded().equals(Money.of("90.00", "BRL")));
    assertThat(house.isAt(order, PaymentStatus.PARTIALLY_REFUNDED)).isTrue();

    process.handles(cancelled(order)); // owes the rest
    process.worksUntil(() -> house.isAt(order, PaymentStatus.REFUNDED));
    assertThat(house.givenBack()).isEqualTo(100);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_crash_between_a_refund_and_its_record_gives_the_money_back_once() {
    process.handles(payable(order, null));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));
    process.handles(cancelled(order));
    var calls = new AtomicInteger();
    var doomed =
        house.process(
            provider ->
                new RelayedProvider(provider) {
                  @Override
                  public Repayment refund(Repay repay) {
                    super.refund(repay);
                    calls.incrementAndGet();
                    throw new IllegalStateException("died with the answer");
                  }
                },
            Optional.empty());
    doomed.works();
    await(() -> calls.get() == 1);
    doomed.close();

    process.worksUntil(() -> house.isAt(order, PaymentStatus.REFUNDED));

    assertThat(house.givenBack()).isEqualTo(100);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_waiting_payment_is_settled_by_the_webhook_once() {
    process.handles(payable(order, "tok_pending"));
    process.worksUntil(() -> house.paymentOf(order).isWaiting());
    UUID payment = house.paymentOf(order).id();

    assertThat(webhook("one", payment, new Approved("psp-1")))
        .isInstanceOf(SettlePayment.Outcome.Settled.class);
    assertThat(webhook("one", payment, new Approved("psp-1")))
        .isEqualTo(new SettlePayment.Received.Repeated());
    assertThat(webhook("two", payment, new Approved("psp-2")))
        .isInstanceOf(SettlePayment.Outcome.Settled.class);
    assertThat(webhook("three", payment, new Declined("no")))
        .isEqualTo(new SettlePayment.Outcome.Refused(PaymentStatus.SUCCEEDED));

    assertThat(house.database.published(order))
        .filteredOn(PaymentApproved.class::isInstance)
        .hasSize(1);
    assertThat(house.paymentOf(order).transactionId()).isEqualTo("psp-1");
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_webhook_for_a_dead_order_is_owed_back() {
    process.handles(payable(order, "tok_pending"));
    process.worksUntil(() -> house.paymentOf(order).isWaiting());
    process.handles(cancelled(order));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.CANCELLED));

    webhook("late", house.paymentOf(order).id(), new Approved("psp-1"));
    assertThat(house.violations()).isEmpty();
    process.worksUntil(() -> house.isAt(order, PaymentStatus.REFUNDED));

    assertThat(house.givenBack()).isEqualTo(100);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void an_operator_settles_only_what_waits() {
    process.handles(payable(order, "tok_pending"));
    process.worksUntil(() -> house.paymentOf(order).isWaiting());
    UUID payment = house.paymentOf(order).id();

    assertThat(byHand(payment, new Declined("settled_as_failed")))
        .isInstanceOf(SettlePayment.Outcome.Settled.class);
    assertThat(byHand(payment, new Approved("manual")))
        .isEqualTo(new SettlePayment.Outcome.Refused(PaymentStatus.FAILED));
    assertThat(byHand(IDS.next(), new Approved("manual")))
        .isEqualTo(new SettlePayment.Outcome.Unknown());
  }

  @Test
  void an_order_without_a_payment_method_waits_for_one() {
    var patient = house.process(provider -> provider, Optional.empty());
    patient.handles(payable(order, null, null));
    assertThat(house.count("select count(*) from financial.payments")).isZero();
    assertThat(payAs(order, IDS.next(), patient)).isEqualTo(new ProcessPayment.Refusal.Unknown());

    assertThat(payAs(order, Fixtures.CUSTOMER, patient))
        .isInstanceOf(ProcessPayment.Outcome.UnderWay.class);
    assertThat(pay(order, patient)).isInstanceOf(ProcessPayment.Outcome.UnderWay.class);
    assertThat(pay(order, PaymentMethod.BOLETO, null, patient))
        .as("while the provider is asked for the other")
        .isInstanceOf(ProcessPayment.Refusal.BeingAsked.class);
    patient.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    assertThat(house.captured()).isEqualTo(1);
    assertThat(house.count("select count(*) from financial.order_notes")).isZero();
    assertThat(pay(IDS.next(), patient)).isEqualTo(new ProcessPayment.Refusal.Unknown());
  }

  @Test
  void an_order_that_is_cancelled_while_it_waits_for_a_method_cannot_be_paid() {
    var patient = house.process(provider -> provider, Optional.empty());
    patient.handles(payable(order, null, null), cancelled(order));

    assertThat(pay(order, patient)).isEqualTo(new ProcessPayment.Refusal.OrderDead());
  }

  @Test
  void a_payment_that_waits_says_what_the_buyer_needs() {
    process.handles(payable(order, "boleto", "tok_pending"));
    process.worksUntil(() -> house.paymentOf(order).isWaiting());

    Instructions instructions = requireNonNull(house.paymentOf(order).state().instructions());
    assertThat(instructions.code()).matches("[0-9]{47}");
    process.worksFor(Duration.ofMillis(300)); // the provider is asked again meanwhile
    assertThat(house.paymentOf(order).attempts()).isGreaterThan(1);
    assertThat(house.database.published(order))
        .filteredOn(PaymentPending.class::isInstance)
        .containsExactly(
            new PaymentPending(
                house.paymentOf(order).id(),
                order,
                Fixtures.PRICE,
                "boleto",
                instructions.code(),
                instructions.payBy(),
                null));
  }

  @Test
  void a_waiting_payment_is_replaced_and_one_of_both_is_charged() {
    Payment first = waiting();
    Payment next = replaced(null);

    assertThat(next.terms().replaces()).isEqualTo(first.id());
    assertThat(house.violations()).isEmpty();
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    assertThat(house.paymentOf(order).id()).isEqualTo(next.id());
    assertThat(house.payment(first.id()).status()).isEqualTo(PaymentStatus.CANCELLED);
    assertThat(house.captured()).isEqualTo(1);
    assertThat(house.database.published(order))
        .extracting(Object::getClass)
        .containsExactly(
            ReceivableOpened.class,
            PaymentRequested.class,
            PaymentProcessing.class,
            PaymentPending.class,
            PaymentRequested.class,
            PaymentCancelled.class,
            PaymentProcessing.class,
            PaymentApproved.class,
            ReceivableSettled.class);
    assertThat(pay(order, PaymentMethod.BOLETO, null, process))
        .isInstanceOf(ProcessPayment.Refusal.AlreadyPaid.class);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void money_that_comes_late_for_a_replaced_payment_goes_back_and_is_not_the_orders() {
    Payment first = waiting();
    replaced(null);
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    assertThat(webhook("late", first.id(), new Approved("psp-1")))
        .isInstanceOf(SettlePayment.Outcome.Settled.class);
    assertThat(house.payment(first.id()).balance().owed()).isEqualTo(Fixtures.PRICE);
    assertThat(house.violations()).isEmpty();
    process.worksUntil(() -> house.payment(first.id()).status() == PaymentStatus.REFUNDED);

    assertThat(house.givenBack()).isEqualTo(100);
    assertThat(house.isAt(order, PaymentStatus.SUCCEEDED)).isTrue();
    assertThat(house.database.published(order))
        .filteredOn(PaymentApproved.class::isInstance)
        .hasSize(1);
    assertThat(house.takings(order))
        .isEqualTo(
            new OrderClaims.Paid.Takings(
                Fixtures.PRICE,
                Money.of("0.00", "BRL"),
                Money.of("0.00", "BRL"),
                new OrderClaims.Paid.Receivable(Fixtures.PRICE, "SETTLED"),
                Map.of()));
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void
      a_payment_made_before_the_provider_learns_of_its_replacement_counts_and_nothing_is_charged_again() {
    Payment first = waiting();
    Payment next = replaced(null);
    webhook("in time", first.id(), new Approved("psp-1"));
    process.worksFor(Duration.ofMillis(100));

    assertThat(house.payment(first.id()).status()).isEqualTo(PaymentStatus.SUCCEEDED);
    assertThat(house.payment(next.id()).status()).isEqualTo(PaymentStatus.CANCELLED);
    assertThat(house.captured()).as("by a charge of our own").isZero();
    assertThat(pay(order, process)).isInstanceOf(ProcessPayment.Refusal.AlreadyPaid.class);
    assertThat(house.violations()).isEmpty();

    process.handles(cancelled(order));
    process.worksUntil(() -> house.payment(first.id()).status() == PaymentStatus.REFUNDED);
    assertThat(house.givenBack()).isEqualTo(100);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void an_order_that_dies_while_its_payment_is_being_replaced_is_not_charged() {
    Payment first = waiting();
    Payment next = replaced(null);
    process.handles(cancelled(order));
    process.worksUntil(() -> house.payment(first.id()).status() == PaymentStatus.CANCELLED);

    assertThat(house.payment(next.id()).status()).isEqualTo(PaymentStatus.CANCELLED);
    assertThat(house.captured()).isZero();
    assertThat(pay(order, process)).isEqualTo(new ProcessPayment.Refusal.OrderDead());
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_replacement_that_waits_can_be_replaced_in_turn() {
    waiting();
    Payment second = replaced("tok_pending");
    process.worksUntil(() -> house.paymentOf(order).isWaiting());
    assertThat(house.database.published(order))
        .filteredOn(PaymentPending.class::isInstance)
        .last()
        .extracting(pending -> ((PaymentPending) pending).replaces())
        .isEqualTo(second.terms().replaces());

    assertThat(pay(order, PaymentMethod.BOLETO, null, process))
        .isInstanceOf(ProcessPayment.Outcome.UnderWay.class);
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    assertThat(house.captured()).isEqualTo(1);
    assertThat(house.count("select count(*) from financial.payments")).isEqualTo(3);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void replacements_webhooks_and_cancellations_that_race_keep_one_payment_or_none()
      throws Exception {
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      orders.add(IDS.next());
    }
    process.handles(
        orders.stream()
            .map(each -> payable(each, "pix", "tok_pending"))
            .toArray(SalesEvent[]::new));
    process.worksUntil(() ->
        house.count("select count(*) from financial.payments where waiting") == orders.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> racers = new ArrayList<>();
      for (UUID each : orders) {
        UUID first = house.paymentOf(each).id();
        racers.add(threads.submit(() -> pay(each, PaymentMethod.CREDIT_CARD, null, process)));
        racers.add(
            threads.submit(() -> webhook("of " + first, first, new Approved("psp-" + first))));
        if (each.hashCode() % 2 == 0) {
          racers.add(threads.submit(() -> process.handles(cancelled(each))));
        }
      }
      Future<?> worker =
          threads.submit(() ->
              process.worksUntil(() ->
                  racers.stream().allMatch(Future::isDone)
                      && house.count(
                              "select count(*) from financial.payments where status in"
                                  + " ('REQUESTED', 'PROCESSING') or owed > 0")
                          == 0));
      for (Future<?> racer : racers) {
        racer.get();
      }
      worker.get();
    }

    for (UUID each : orders) {
      Money kept = house.takings(each).captured().minus(house.takings(each).refunded());
      assertThat(kept)
          .as("of order %s", each)
          .isEqualTo(each.hashCode() % 2 == 0 ? Money.of("0.00", "BRL") : Fixtures.PRICE);
    }
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_payment_that_is_not_paid_by_its_due_date_expires_and_money_that_comes_later_goes_back() {
    var hasty = house.process(DueSoon::new, Optional.empty());
    hasty.handles(payable(order, "pix", "tok_pending"));
    hasty.worksUntil(() -> house.isAt(order, PaymentStatus.FAILED));
    Payment expired = house.paymentOf(order);

    assertThat(expired.state().failure()).isEqualTo("payment_expired");
    assertThat(house.count("select count(*) from psp_simulator.charges where status = 'VOIDED'"))
        .as("cancelled at the provider")
        .isEqualTo(1);
    webhook("late", expired.id(), new Approved("psp-1"));
    hasty.worksUntil(() -> house.isAt(order, PaymentStatus.REFUNDED));
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void a_payment_made_before_the_worker_sees_its_due_date_pass_counts() {
    var hasty = house.process(DueSoon::new, Optional.empty());
    hasty.handles(payable(order, "pix", "tok_pending"));
    hasty.worksUntil(() -> house.paymentOf(order).isWaiting());
    house
        .database
        .sql()
        .sql("update psp_simulator.charges set status = 'CAPTURED'")
        .update(); // the buyer pays, and no webhook comes
    hasty.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    assertThat(house.violations()).isEmpty();
  }

  /** Its codes can be paid for 300 ms. */
  private static final class DueSoon extends RelayedProvider {
    DueSoon(PaymentProvider provider) {
      super(provider);
    }

    @Override
    public Answer charge(Charge charge) {
      Answer answer = super.charge(charge);
      return answer instanceof PaymentProvider.Pending
          ? new PaymentProvider.Pending(new Instructions("code", Instant.now().plusMillis(300)))
          : answer;
    }
  }

  @Test
  void a_declined_payment_can_be_tried_again_until_no_try_is_left() {
    var patient = patient(3);
    patient.handles(payable(order, "tok_decline"));
    for (int left = 2; left > 0; left--) {
      patient.worksUntil(() -> house.isAt(order, PaymentStatus.FAILED));
      assertThat(house.database.published(order))
          .last()
          .isInstanceOfSatisfying(
              PaymentFailed.class,
              failed ->
                  assertThat(failed.triesLeft())
                      .isEqualTo(house.paymentOf(order).terms().triesLeft()));
      assertThat(pay(order, PaymentMethod.CREDIT_CARD, "tok_decline", patient))
          .isInstanceOf(ProcessPayment.Outcome.UnderWay.class);
    }
    patient.worksUntil(() -> house.isAt(order, PaymentStatus.FAILED));

    assertThat(house.database.published(order))
        .last()
        .isInstanceOfSatisfying(
            PaymentFailed.class, failed -> assertThat(failed.triesLeft()).isNull());
    assertThat(pay(order, PaymentMethod.CREDIT_CARD, null, patient))
        .isInstanceOf(ProcessPayment.Refusal.AlreadyFailed.class);
    assertThat(house.count("select count(*) from financial.payments")).isEqualTo(3);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void money_of_a_try_before_goes_back_and_is_not_the_orders() {
    var patient = patient(2);
    patient.handles(payable(order, "tok_decline"));
    patient.worksUntil(() -> house.isAt(order, PaymentStatus.FAILED));
    UUID first = house.paymentOf(order).id();
    pay(order, PaymentMethod.CREDIT_CARD, null, patient);
    patient.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    webhook("late", first, new Approved("psp-1"));

    assertThat(house.payment(first).balance().owed()).isEqualTo(Fixtures.PRICE);
    assertThat(house.database.published(order))
        .filteredOn(PaymentApproved.class::isInstance)
        .hasSize(1);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void an_order_that_dies_between_two_tries_is_not_paid() {
    var patient = patient(2);
    patient.handles(payable(order, "tok_decline"));
    patient.worksUntil(() -> house.isAt(order, PaymentStatus.FAILED));
    patient.handles(cancelled(order));

    assertThat(pay(order, patient)).isEqualTo(new ProcessPayment.Refusal.OrderDead());
    assertThat(house.violations()).isEmpty();
  }

  /**
   * Each round: eight callers try to pay orders whose payment was declined, by cards of which some
   * are declined too, while webhooks report money for the first payments and half of the orders
   * die. The simulator's ledger is the evidence.
   */
  @Test
  void many_callers_who_try_to_pay_an_order_at_once_pay_it_once() throws Exception {
    var patient = patient(4);
    List<UUID> orders = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      orders.add(IDS.next());
    }
    patient.handles(
        orders.stream().map(each -> payable(each, "tok_decline")).toArray(SalesEvent[]::new));
    patient.worksUntil(() ->
        house.count("select count(*) from financial.payments where status = 'FAILED'")
            == orders.size());
    String[] cards = {"tok_approve", "tok_decline", "tok_slow_5", "tok_flaky_1"};
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> racers = new ArrayList<>();
      for (UUID each : orders) {
        for (int caller = 0; caller < 8; caller++) {
          String card = cards[caller % cards.length];
          racers.add(
              threads.submit(() -> {
                for (int again = 0; again < 3; again++) {
                  pay(each, PaymentMethod.CREDIT_CARD, card, patient);
                }
              }));
        }
        if (orders.indexOf(each) % 2 == 0) {
          racers.add(threads.submit(() -> patient.handles(cancelled(each))));
        }
      }
      Future<?> worker =
          threads.submit(() ->
              patient.worksUntil(() ->
                  racers.stream().allMatch(Future::isDone)
                      && house.count(
                              "select count(*) from financial.payments where status in"
                                  + " ('REQUESTED', 'PROCESSING') or owed > 0")
                          == 0));
      for (Future<?> racer : racers) {
        racer.get();
      }
      worker.get();
    }

    assertThat(
            house.count(
                "select count(*) from (select p.order_id from financial.payments p"
                    + " join psp_simulator.charges c on c.key = p.id and c.status = 'CAPTURED'"
                    + " group by p.order_id having count(*) > 1) twice"))
        .as("orders of which the simulator has taken the money of more than one payment")
        .isZero();
    for (UUID each : orders) {
      if (orders.indexOf(each) % 2 == 0) {
        assertThat(house.takings(each).captured()).isEqualTo(house.takings(each).refunded());
      }
    }
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void the_database_refuses_a_second_payment_that_keeps_an_orders_money() {
    var patient = patient(2);
    patient.handles(payable(order, "tok_decline"));
    patient.worksUntil(() -> house.isAt(order, PaymentStatus.FAILED));
    UUID first = house.paymentOf(order).id();
    pay(order, PaymentMethod.CREDIT_CARD, null, patient);
    patient.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    assertThatThrownBy(() ->
            house
                .database
                .sql()
                .sql(
                    "update financial.payments set status = 'SUCCEEDED', transaction_id = 'twice',"
                        + " unwanted = false where id = ?")
                .param(first)
                .update())
        .hasMessageContaining("payments_keeping");
  }

  /** A process that allows this many tries to pay an order. */
  private FinancialHouse.Instance patient(int tries) {
    return house.process(
        provider -> provider,
        new PaymentPolicy(Optional.of(PaymentMethod.CREDIT_CARD), tries),
        Fixtures.QUICK);
  }

  @Test
  void a_refund_has_an_id_and_is_shown_while_it_is_pending_and_when_it_is_done() {
    process.handles(payable(order, null));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));
    UUID payment = house.paymentOf(order).id();

    assertThat(refund(payment, Money.of("30.00", "BRL")))
        .isInstanceOfSatisfying(
            RefundPayment.Outcome.Promised.class,
            promised -> assertThat(house.refunds(payment)).containsExactly(promised.refund()));
    process.worksUntil(() -> house.refunds(payment).getFirst().doneAt() != null);
  }

  @Test
  void a_payment_has_a_bounded_number_of_refunds_by_hand() {
    process.handles(payable(order, null));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));
    UUID payment = house.paymentOf(order).id();
    for (int i = 0; i < 100; i++) {
      assertThat(refund(payment, Money.of("0.01", "BRL")))
          .isInstanceOf(RefundPayment.Outcome.Promised.class);
    }

    assertThat(refund(payment, Money.of("0.01", "BRL")))
        .isEqualTo(new RefundPayment.Refusal.TooMany());
    process.handles(cancelled(order));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.REFUNDED));
    assertThat(house.refunds(payment)).hasSize(101);
  }

  /** The order's payment by pix, which waits for the buyer. */
  private Payment waiting() {
    process.handles(payable(order, "pix", "tok_pending"));
    process.worksUntil(() -> house.paymentOf(order).isWaiting());
    return house.paymentOf(order);
  }

  /** A payment by card that takes its place. */
  private Payment replaced(@Nullable String token) {
    ProcessPayment.Outcome outcome = pay(order, PaymentMethod.CREDIT_CARD, token, process);
    assertThat(outcome).isInstanceOf(ProcessPayment.Outcome.UnderWay.class);
    Payment next = ((ProcessPayment.Outcome.UnderWay) outcome).payment();
    assertThat(next.state().isHeld()).isTrue();
    return next;
  }

  @Test
  void the_checks_see_money_that_the_books_do_not() {
    process.handles(payable(order, null));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));
    house.provider.charge(
        new Charge(
            IDS.next(), Fixtures.PRICE, new PaymentChoice(PaymentMethod.PIX, null))); // of nobody's
    house.database.sql().sql("update psp_simulator.charges set amount = amount + 1").update();

    assertThat(house.violations())
        .singleElement()
        .asString()
        .contains("not on record", "another amount");
  }

  private SettlePayment.Received webhook(String id, UUID payment, Decision answer) {
    return house.transactions.call(tx ->
        process.settlePayment.byWebhook(new SettlePayment.Report(id, payment, answer), CAUSE, tx));
  }

  private SettlePayment.Outcome byHand(UUID payment, Decision answer) {
    return house.transactions.call(tx -> process.settlePayment.byHand(payment, answer, CAUSE, tx));
  }

  private RefundPayment.Outcome refund(UUID payment, Money amount) {
    return house.transactions.call(tx ->
        process.refundPayment.refund(
            new RefundPayment.Request(payment, amount, "test"), CAUSE, tx));
  }

  private ProcessPayment.Outcome pay(UUID orderId, FinancialHouse.Instance by) {
    return pay(orderId, PaymentMethod.PIX, null, by);
  }

  private ProcessPayment.Outcome pay(
      UUID orderId, PaymentMethod method, @Nullable String token, FinancialHouse.Instance by) {
    return process(new ProcessPayment.Request(orderId, new PaymentChoice(method, token), null), by);
  }

  private ProcessPayment.Outcome payAs(UUID orderId, UUID payer, FinancialHouse.Instance by) {
    return process(
        new ProcessPayment.Request(orderId, new PaymentChoice(PaymentMethod.PIX, null), payer), by);
  }

  private ProcessPayment.Outcome process(
      ProcessPayment.Request request, FinancialHouse.Instance by) {
    return house.transactions.call(tx -> by.processPayment.process(request, CAUSE, tx));
  }

  private static void await(java.util.function.BooleanSupplier so) {
    for (int i = 0; i < 5_000 && !so.getAsBoolean(); i++) {
      FinancialHouse.pause(Duration.ofMillis(1));
    }
    assertThat(so.getAsBoolean()).isTrue();
  }
}
