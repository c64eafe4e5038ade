package dev.reserva.financial.application;

import static dev.reserva.financial.Fixtures.CAUSE;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.NOON;
import static dev.reserva.financial.Fixtures.PRICE;
import static dev.reserva.financial.Fixtures.created;
import static dev.reserva.financial.Fixtures.payable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.FinancialEvent.PaymentRefunded;
import dev.reserva.contracts.FinancialEvent.ReturnRefunded;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.ReturnItem;
import dev.reserva.contracts.SalesEvent.ReturnReceived;
import dev.reserva.financial.Fixtures;
import dev.reserva.financial.adapters.memory.MemoryOrderNotes;
import dev.reserva.financial.adapters.memory.MemoryPayments;
import dev.reserva.financial.adapters.memory.MemoryReceivables;
import dev.reserva.financial.adapters.memory.MemoryReceivedWebhooks;
import dev.reserva.financial.adapters.memory.MemoryRefunds;
import dev.reserva.financial.adapters.memory.MemoryReviews;
import dev.reserva.financial.adapters.messaging.OrderMessages;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.domain.Payment;
import dev.reserva.messaging.Unprocessable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes back to the buyer for goods that came back. */
class FollowReturnsTest {

  private final TestTransactions transactions = new TestTransactions(NOON);
  private final MemoryPayments payments = new MemoryPayments();
  private final MemoryRefunds refunds = new MemoryRefunds();
  private final MemoryReceivables receivables = new MemoryReceivables();
  private final ProviderAccess access =
      new ProviderAccess(new SilentProvider(), Fixtures.QUICK, new Random(1));
  private final AskProvider askProvider =
      new AskProvider(
          payments,
          refunds,
          receivables,
          new MemoryReviews(),
          transactions,
          access,
          IDS,
          () -> {},
          () -> {});
  private final FollowOrders followOrders =
      new FollowOrders(
          payments,
          refunds,
          receivables,
          new MemoryOrderNotes(),
          askProvider,
          IDS,
          PaymentPolicy.once(Optional.empty()),
          () -> {},
          () -> {});
  private final SettlePayment settlePayment =
      new SettlePayment(
          payments,
          refunds,
          receivables,
          new MemoryReceivedWebhooks(),
          new MemoryReviews(),
          IDS,
          () -> {},
          () -> {});
  private final RefundAttempts refundAttempts =
      new RefundAttempts(payments, refunds, receivables, new MemoryReviews(), access, IDS);

  private final UUID order = IDS.next();
  private final UUID back = IDS.next();

  @AfterEach
  void close() {
    askProvider.close();
  }

  @Test
  void a_return_is_refunded_once() {
    Payment payment = paid();

    follow(received(back, "30.00"), received(back, "30.00"));
    follow(received(back, "30.00"));
    assertThat(owed(payment)).containsExactly(Money.of("30.00", "BRL"));
    refund();
    follow(received(back, "30.00"));

    assertThat(owed(payment)).hasSize(1);
    assertThat(transactions.published())
        .filteredOn(ReturnRefunded.class::isInstance)
        .containsExactly(new ReturnRefunded(back, order, payment.id(), Money.of("30.00", "BRL")));
  }

  @Test
  void several_returns_in_one_batch_are_each_refunded() {
    Payment payment = paid();
    follow(received(back, "30.00"), received(IDS.next(), "70.00"));

    assertThat(owed(payment))
        .containsExactlyInAnyOrder(Money.of("30.00", "BRL"), Money.of("70.00", "BRL"));
  }

  @Test
  void no_more_is_owed_than_is_left() {
    Payment payment = paid();
    UUID last = IDS.next();
    follow(received(back, "80.00"), received(IDS.next(), "30.00"));
    assertThat(owed(payment))
        .containsExactlyInAnyOrder(Money.of("80.00", "BRL"), Money.of("20.00", "BRL"));

    follow(received(last, "30.00"));
    assertThat(owed(payment)).hasSize(2);
    assertThat(transactions.published())
        .filteredOn(ReturnRefunded.class::isInstance)
        .containsExactly(new ReturnRefunded(last, order, payment.id(), Money.zero("BRL")));
  }

  @Test
  void what_cost_nothing_is_settled_without_a_refund() {
    Payment payment = paid();
    follow(received(back, "0.00"));

    assertThat(owed(payment)).isEmpty();
    assertThat(transactions.published())
        .containsExactly(new ReturnRefunded(back, order, payment.id(), Money.zero("BRL")))
        .noneMatch(PaymentRefunded.class::isInstance);
  }

  @Test
  void goods_that_nobody_paid_for_cannot_be_refunded() {
    followAll(created(order), payable(order, null));

    assertThatThrownBy(() -> follow(received(back, "1.00")))
        .isInstanceOf(Unprocessable.class)
        .hasMessageContaining("has no payment that return " + back);
  }

  private ReturnReceived received(UUID id, String amount) {
    return new ReturnReceived(
        id,
        order,
        Fixtures.CUSTOMER,
        List.of(new ReturnItem(IDS.next(), 1)),
        true,
        "MAIN",
        Money.of(amount, "BRL"));
  }

  private void followAll(SalesEvent... facts) {
    follow((Object[]) facts);
  }

  private void follow(Object... facts) {
    transactions.run(tx ->
        followOrders.follow(
            Stream.of(facts).map(fact -> OrderMessages.step(fact, NOON, CAUSE)).toList(), tx));
  }

  /** The order's payment of its whole price. */
  private Payment paid() {
    followAll(created(order), payable(order, null));
    Payment payment = transactions.snapshot(tx -> payments.findByOrder(order, tx)).orElseThrow();
    transactions.run(tx ->
        settlePayment.byWebhook(
            new SettlePayment.Report("webhook", payment.id(), new Approved("psp")), CAUSE, tx));
    assertThat(payment.terms().amount()).isEqualTo(PRICE);
    assertThat(transactions.published()).isNotEmpty();
    return payment;
  }

  private List<Money> owed(Payment payment) {
    return transactions.snapshot(
        tx -> refunds.ofPayment(payment.id(), tx).stream().map(Refunds.OnRecord::amount).toList());
  }

  /** The provider gives back all that is owed. */
  private void refund() {
    List<RefundAttempts.Result> results =
        transactions.call(tx ->
            refundAttempts
                .claimDue(new Due(Instant.EPOCH, NOON, NOON.plusSeconds(3_600)), 9, tx)
                .stream()
                .map(claimed ->
                    new RefundAttempts.Result(claimed.refund(), claimed.orderId(), true, null))
                .toList());
    transactions.run(tx -> refundAttempts.record(results, tx));
  }
}
