package dev.reserva.financial.application;

import static dev.reserva.financial.Fixtures.CAUSE;
import static dev.reserva.financial.Fixtures.CUSTOMER;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.NOON;
import static dev.reserva.financial.Fixtures.PRICE;
import static dev.reserva.financial.Fixtures.cancelled;
import static dev.reserva.financial.Fixtures.created;
import static dev.reserva.financial.Fixtures.payable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.FinancialEvent.ReceivableCancelled;
import dev.reserva.contracts.FinancialEvent.ReceivableOpened;
import dev.reserva.contracts.FinancialEvent.ReceivableSettled;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.financial.Fixtures;
import dev.reserva.financial.adapters.memory.MemoryOrderNotes;
import dev.reserva.financial.adapters.memory.MemoryPayments;
import dev.reserva.financial.adapters.memory.MemoryReceivables;
import dev.reserva.financial.adapters.memory.MemoryReceivedWebhooks;
import dev.reserva.financial.adapters.memory.MemoryRefunds;
import dev.reserva.financial.adapters.memory.MemoryReviews;
import dev.reserva.financial.adapters.messaging.OrderMessages;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.PaymentProvider.Decision;
import dev.reserva.financial.application.PaymentProvider.Declined;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.financial.domain.ReceivableEntry;
import dev.reserva.financial.domain.ReceivableEntry.Kind;
import dev.reserva.financial.domain.ReceivableState;
import dev.reserva.financial.domain.ReceivableStatus;
import dev.reserva.messaging.memory.MemoryDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the facts about an order and its payments make of its receivable, in any order. */
class FollowReceivablesTest {

  private static final Instant PAY_BEFORE = NOON.plusSeconds(900);
  private static final Money NOTHING = Money.zero("BRL");

  private final TestTransactions transactions = new TestTransactions(NOON);
  private final MemoryPayments payments = new MemoryPayments();
  private final MemoryRefunds refunds = new MemoryRefunds();
  private final MemoryReceivables receivables = new MemoryReceivables();
  private final MemoryOrderNotes notes = new MemoryOrderNotes();
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
          notes,
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

  @AfterEach
  void close() {
    askProvider.close();
  }

  @Test
  void it_is_opened_with_the_order_and_due_when_the_order_can_be_paid() {
    follow(created(order));
    assertThat(state()).isEqualTo(state(ReceivableStatus.OPEN, NOTHING, NOTHING, null, null));
    assertThat(receivable().terms().customerId()).isEqualTo(CUSTOMER);
    assertThat(receivable().terms().openedAt()).isEqualTo(NOON);

    follow(payable(order, null));
    assertThat(state()).isEqualTo(state(ReceivableStatus.OPEN, NOTHING, NOTHING, PAY_BEFORE, null));
    assertThat(facts()).containsExactly(new ReceivableOpened(order, CUSTOMER, PRICE));
    assertThat(ledger()).containsExactly(Kind.OPENED);
  }

  @Test
  void repeated_facts_change_nothing() {
    follow(created(order), created(order), payable(order, null), payable(order, null));
    Payment payment = claimed();
    waits(payment, NOON.plusSeconds(86_400));
    follow(created(order), payable(order, null));
    assertThat(state().dueAt()).as("that of the payment").isEqualTo(NOON.plusSeconds(86_400));
    settle(payment, new Approved("psp"));
    settle(payment, new Approved("psp"));
    follow(created(order), payable(order, null));

    assertThat(facts())
        .containsExactly(
            new ReceivableOpened(order, CUSTOMER, PRICE),
            new ReceivableSettled(order, payment.id(), PRICE));
    assertThat(ledger()).containsExactly(Kind.OPENED, Kind.SETTLED);
    assertThat(state().settled()).isEqualTo(PRICE);
  }

  @Test
  void a_creation_after_what_follows_from_it_opens_nothing_anew() {
    follow(payable(order, null));
    follow(created(order));

    assertThat(facts()).containsExactly(new ReceivableOpened(order, CUSTOMER, PRICE));
    assertThat(state().dueAt()).isEqualTo(PAY_BEFORE);
  }

  @Test
  void an_end_that_overtakes_the_creation_leaves_none() {
    follow(cancelled(order));
    follow(created(order));
    follow(payable(order, null), created(order));

    assertThat(transactions.<Boolean>snapshot(tx -> receivables.find(order, tx).isEmpty()))
        .isTrue();
    assertThat(facts()).isEmpty();
  }

  @Test
  void the_end_of_an_order_cancels_what_is_open() {
    follow(created(order), cancelled(order));

    assertThat(state()).isEqualTo(state(ReceivableStatus.CANCELLED, NOTHING, NOTHING, null, NOON));
    follow(cancelled(order), created(order), payable(order, null));
    assertThat(facts())
        .containsExactly(
            new ReceivableOpened(order, CUSTOMER, PRICE), new ReceivableCancelled(order, PRICE));
    assertThat(ledger()).containsExactly(Kind.OPENED, Kind.CANCELLED);
  }

  @Test
  void an_order_that_waits_to_be_told_how_it_is_paid_is_due_too() {
    follow(created(order), payable(order, null, null));
    assertThat(state().dueAt()).isEqualTo(PAY_BEFORE);

    follow(cancelled(order));
    assertThat(state().status()).isEqualTo(ReceivableStatus.CANCELLED);
  }

  @Test
  void a_payment_that_fails_leaves_it_open_until_the_order_ends() {
    follow(created(order), payable(order, null));
    settle(claimed(), new Declined("declined"));
    assertThat(state().status()).isEqualTo(ReceivableStatus.OPEN);

    follow(cancelled(order));
    assertThat(state().status()).isEqualTo(ReceivableStatus.CANCELLED);
  }

  @Test
  void a_paid_order_that_ends_stays_settled_and_its_refund_is_recorded_once() {
    follow(created(order), payable(order, null));
    settle(claimed(), new Approved("psp"));
    follow(cancelled(order));
    assertThat(state())
        .isEqualTo(state(ReceivableStatus.SETTLED, PRICE, NOTHING, PAY_BEFORE, NOON));

    refund();

    assertThat(state()).isEqualTo(state(ReceivableStatus.SETTLED, PRICE, PRICE, PAY_BEFORE, NOON));
    assertThat(ledger()).containsExactly(Kind.OPENED, Kind.SETTLED, Kind.REFUNDED);
  }

  @Test
  void money_that_comes_after_the_end_is_recorded_and_goes_back() {
    follow(created(order), payable(order, null));
    Payment payment = claimed();
    waits(payment, null);
    follow(cancelled(order));
    settle(payment, new Approved("psp"));
    assertThat(state())
        .isEqualTo(state(ReceivableStatus.CANCELLED, PRICE, NOTHING, PAY_BEFORE, NOON));

    refund();

    assertThat(state())
        .isEqualTo(state(ReceivableStatus.CANCELLED, PRICE, PRICE, PAY_BEFORE, NOON));
    assertThat(ledger()).containsExactly(Kind.OPENED, Kind.CANCELLED, Kind.SETTLED, Kind.REFUNDED);
    assertThat(facts()).filteredOn(ReceivableSettled.class::isInstance).isEmpty();
  }

  @Test
  void a_payment_that_sets_no_time_leaves_the_orders_due_date() {
    follow(created(order), payable(order, null));
    waits(claimed(), null);

    assertThat(state().dueAt()).isEqualTo(PAY_BEFORE);
  }

  private void follow(SalesEvent... facts) {
    transactions.run(tx ->
        followOrders.follow(
            Stream.of(facts).map(fact -> OrderMessages.step(fact, NOON, CAUSE)).toList(), tx));
  }

  /** The order's payment, whose first attempt is on record. */
  private Payment claimed() {
    Payment payment = transactions.snapshot(tx -> payments.findByOrder(order, tx)).orElseThrow();
    assertThat(payment.attempts()).isEqualTo(1);
    return payment;
  }

  private void waits(Payment payment, @Nullable Instant payBy) {
    transactions.run(tx -> {
      var book = new ReceivableBook(receivables, List.of(order), tx);
      var settlements = new Settlements(payments, refunds, IDS, () -> {}, () -> {});
      var waiting = payment.awaitBuyer(new Instructions("code", payBy), NOON.plusSeconds(60), NOON);
      settlements.record(
          List.of(payment),
          List.of(new Settlements.Settled(payment, waiting, CAUSE)),
          book,
          NOON,
          tx);
    });
  }

  private void settle(Payment payment, Decision decision) {
    transactions.run(tx ->
        settlePayment.byWebhook(
            new SettlePayment.Report(IDS.next().toString(), payment.id(), decision), CAUSE, tx));
  }

  /** The provider gives back all that is owed, and says so twice. */
  private void refund() {
    List<RefundAttempts.Result> results =
        transactions.call(tx ->
            refundAttempts
                .claimDue(new Due(Instant.EPOCH, NOON, NOON.plusSeconds(3_600)), 9, tx)
                .stream()
                .map(claimed ->
                    new RefundAttempts.Result(claimed.refund(), claimed.orderId(), true, null))
                .toList());
    assertThat(results).hasSize(1);
    transactions.run(tx -> refundAttempts.record(results, tx));
    transactions.run(tx -> refundAttempts.record(results, tx));
  }

  private Receivable receivable() {
    return transactions.snapshot(tx -> receivables.find(order, tx)).orElseThrow();
  }

  private ReceivableState state() {
    return receivable().state();
  }

  private static ReceivableState state(
      ReceivableStatus status,
      Money settled,
      Money refunded,
      @Nullable Instant dueAt,
      @Nullable Instant closedAt) {
    return new ReceivableState(status, settled, refunded, dueAt, closedAt);
  }

  private List<Kind> ledger() {
    return transactions.snapshot(tx ->
        MemoryReceivables.table(tx.resource(MemoryDatabase.class))
            .get(order)
            .orElseThrow()
            .ledger()
            .stream()
            .map(ReceivableEntry::kind)
            .toList());
  }

  private List<Object> facts() {
    return transactions.published().stream()
        .filter(fact -> fact.getClass().getSimpleName().startsWith("Receivable"))
        .toList();
  }
}
