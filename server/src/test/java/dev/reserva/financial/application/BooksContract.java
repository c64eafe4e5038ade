package dev.reserva.financial.application;

import static dev.reserva.financial.Fixtures.CUSTOMER;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.NOON;
import static dev.reserva.financial.Fixtures.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.financial.Fixtures;
import dev.reserva.financial.application.OrderNotes.Awaiting;
import dev.reserva.financial.application.OrderNotes.Dead;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.PaymentTerms;
import dev.reserva.financial.domain.Refund;
import dev.reserva.financial.domain.SettledBy;
import dev.reserva.financial.domain.Trail;
import dev.reserva.messaging.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of financial's repositories, for every adapter. */
public abstract class BooksContract {

  protected abstract Transactions transactions();

  protected abstract Payments payments();

  protected abstract Refunds refunds();

  protected abstract OrderNotes notes();

  protected abstract ReceivedWebhooks webhooks();

  @Test
  void a_payment_comes_back_as_it_was_filed() {
    Payment payment =
        Payment.requested(
            new PaymentTerms(
                IDS.next(),
                IDS.next(),
                CUSTOMER,
                Money.of("1234567.89", "BRL"),
                new PaymentChoice(PaymentMethod.BOLETO, "tok_approve"),
                null,
                2,
                new Trail("correlation", IDS.next(), "parent", "state"),
                NOON));
    file(payment);

    assertThat(found(payment.id()).terms()).isEqualTo(payment.terms());
    assertThat(found(payment.id()).state()).isEqualTo(payment.state());
  }

  @Test
  void changes_of_a_payment_are_kept() {
    Payment payment = captured();

    assertThat(found(payment.id()).state()).isEqualTo(payment.state());

    Payment failed = filed();
    change(
        failed,
        p -> {
          p.claim(NOON.plusSeconds(5));
          p.awaitBuyer(new Instructions("code", NOON.plusSeconds(900)), NOON.plusSeconds(60), NOON);
        });
    assertThat(found(failed.id()).state()).isEqualTo(failed.state());
    assertThat(found(failed.id()).isWaiting()).isTrue();
    change(failed, p -> p.decline("declined", SettledBy.OPERATOR, NOON));
    assertThat(found(failed.id()).state().failure()).isEqualTo("declined");
  }

  @Test
  void an_order_has_one_payment() {
    Payment payment = filed();

    assertThatThrownBy(() -> file(Fixtures.payment(payment.terms().orderId())))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void an_order_has_one_payment_more_for_each_that_is_replaced() {
    Payment replaced = filed();
    change(
        replaced,
        p -> {
          p.claim(NOON.plusSeconds(5));
          p.awaitBuyer(Instructions.NONE, NOON.plusSeconds(60), NOON);
        });
    Payment next = Fixtures.payment(replaced.terms().orderId(), replaced.id());
    transactions()
        .run(tx -> {
          replaced.replaceBy(next.id(), NOON);
          payments().save(List.of(replaced), tx);
          payments().insert(List.of(next), tx);
        });

    UUID order = replaced.terms().orderId();
    List<UUID> ofOrder =
        transactions()
            .call(tx ->
                payments().lockByOrders(List.of(order), tx).getOrDefault(order, List.of()).stream()
                    .map(Payment::id)
                    .toList());
    assertThat(ofOrder).containsExactly(replaced.id(), next.id());
    assertThat(found(replaced.id()).state()).isEqualTo(replaced.state());
    assertThat(found(next.id()).state()).isEqualTo(next.state());
    assertThat(found(next.id()).terms()).isEqualTo(next.terms());
    assertThat(transactions().snapshot(tx -> payments().findByOrder(order, tx)).map(Payment::id))
        .contains(next.id());
    assertThat(dueAt(Duration.ZERO)).as("the new one is held").containsExactly(replaced.id());
    assertThat(list(order, PaymentStatus.REQUESTED, null, 10)).containsExactly(next.id());
    assertThatThrownBy(() -> file(Fixtures.payment(order))).isInstanceOf(RuntimeException.class);
  }

  @Test
  void payments_are_found_by_their_orders() {
    Payment one = filed();
    Payment two = filed();
    UUID unknown = IDS.next();

    var found =
        transactions()
            .call(tx ->
                payments()
                    .lockByOrders(
                        List.of(one.terms().orderId(), two.terms().orderId(), unknown), tx));

    assertThat(found).containsOnlyKeys(one.terms().orderId(), two.terms().orderId());
    assertThat(
            transactions()
                .snapshot(tx -> payments().findByOrder(one.terms().orderId(), tx))
                .map(Payment::id))
        .contains(one.id());
    assertThat(
            transactions().<Boolean>snapshot(tx -> payments().findByOrder(unknown, tx).isPresent()))
        .isFalse();
  }

  @Test
  void only_open_payments_whose_time_has_come_are_due() {
    Payment due = filed();
    Payment later = filed();
    change(later, p -> p.claim(NOON.plusSeconds(5)));
    captured();

    assertThat(dueAt(Duration.ZERO)).containsExactly(due.id());
    assertThat(dueAt(Duration.ofSeconds(5))).containsExactly(due.id(), later.id());
  }

  @Test
  void a_look_can_leave_out_what_was_due_before() {
    Payment due = filed();
    Payment later = filed();
    change(later, p -> p.claim(NOON.plusSeconds(5)));
    Payment ahead = filed();
    change(ahead, p -> p.claim(NOON.plus(Duration.ofMinutes(80))));

    assertThat(dueBetween(Duration.ofSeconds(-1), Duration.ofSeconds(5)))
        .containsExactly(due.id(), later.id(), ahead.id());
    assertThat(dueBetween(Duration.ZERO, Duration.ofSeconds(5)))
        .containsExactly(later.id(), ahead.id());
    assertThat(dueBetween(Duration.ofSeconds(5), Duration.ofSeconds(9)))
        .containsExactly(ahead.id());
  }

  @Test
  void a_look_scheduled_too_far_ahead_by_a_wrong_clock_is_due() {
    Payment ahead = filed();
    change(ahead, p -> p.claim(NOON.plus(Duration.ofMinutes(80))));

    assertThat(dueAt(Duration.ZERO)).containsExactly(ahead.id());
    assertThat(dueAt(Duration.ofMinutes(20))).isEmpty();
    assertThat(dueAt(Duration.ofMinutes(80))).containsExactly(ahead.id());

    Payment payment = captured();
    Refund refund =
        Refund.owed(
            IDS.next(),
            payment.id(),
            Money.of("1.50", "BRL"),
            "torn",
            new Trail("correlation", IDS.next(), null, null),
            NOON.plus(Duration.ofMinutes(80)));
    transactions().run(tx -> refunds().insert(List.of(refund), tx));
    assertThat(dueRefunds(Duration.ZERO)).containsExactly(refund);
    assertThat(dueRefunds(Duration.ofMinutes(20))).isEmpty();
  }

  @Test
  void payments_are_listed_newest_first_by_order_and_status() {
    Payment first = filed();
    Payment second = captured();
    Payment third = filed();

    assertThat(list(null, null, null, 10)).containsExactly(third.id(), second.id(), first.id());
    assertThat(list(null, null, third.id(), 1)).containsExactly(second.id());
    assertThat(list(null, PaymentStatus.REQUESTED, null, 10))
        .containsExactly(third.id(), first.id());
    assertThat(list(null, PaymentStatus.SUCCEEDED, null, 10)).containsExactly(second.id());
    assertThat(list(second.terms().orderId(), null, null, 10)).containsExactly(second.id());
    assertThat(list(second.terms().orderId(), PaymentStatus.FAILED, null, 10)).isEmpty();
    assertThat(listOf(CUSTOMER)).containsExactly(third.id(), second.id(), first.id());
    assertThat(listOf(IDS.next())).isEmpty();
  }

  @Test
  void a_refund_is_due_until_it_is_done() {
    Payment payment = captured();
    Refund refund =
        Refund.owed(
            IDS.next(),
            payment.id(),
            Money.of("1.50", "BRL"),
            "torn",
            new Trail("correlation", IDS.next(), null, null),
            NOON);
    transactions().run(tx -> refunds().insert(List.of(refund), tx));
    assertThat(dueRefunds(Duration.ZERO)).containsExactly(refund);
    assertThat(refundsOf(payment)).containsExactly(Refunds.OnRecord.owed(refund));

    Refund claimed = refund.claimed(NOON.plusSeconds(5));
    transactions().run(tx -> refunds().save(List.of(claimed), tx));
    assertThat(dueRefunds(Duration.ZERO)).isEmpty();
    assertThat(dueRefunds(Duration.ofSeconds(5))).containsExactly(claimed);

    transactions().run(tx -> refunds().done(List.of(claimed), NOON, tx));
    assertThat(dueRefunds(Duration.ofSeconds(5))).isEmpty();
    assertThat(refundsOf(payment))
        .singleElement()
        .extracting(Refunds.OnRecord::id, Refunds.OnRecord::doneAt)
        .containsExactly(refund.id(), NOON);
    var open = transactions().call(tx -> refunds().lockOpen(List.of(refund.id()), tx));
    assertThat(open).isEmpty();
  }

  @Test
  void a_note_is_kept_replaced_and_removed() {
    UUID order = IDS.next();
    var awaiting = new Awaiting(order, CUSTOMER, PRICE);
    transactions().run(tx -> notes().put(List.of(awaiting), tx));
    assertThat(note(order)).isEqualTo(awaiting);

    transactions().run(tx -> notes().put(List.of(new Dead(order)), tx));
    assertThat(note(order)).isEqualTo(new Dead(order));
    assertThat(findNote(order)).contains(new Dead(order));

    transactions().run(tx -> notes().remove(order, tx));
    assertThat(findNote(order)).isEmpty();
  }

  @Test
  void a_webhook_is_new_once_until_it_is_forgotten() {
    assertThat(remember("a", Duration.ZERO)).isTrue();
    assertThat(remember("a", Duration.ofMinutes(1))).isFalse();
    assertThat(remember("b", Duration.ofMinutes(1))).isTrue();
    assertThat(remember("a", Duration.ofHours(2))).isTrue();
  }

  private boolean remember(String id, Duration after) {
    var at = NOON.plus(after);
    return transactions()
        .call(tx -> webhooks().remember(id, at, at.minus(Duration.ofHours(1)), tx));
  }

  private Optional<OrderNotes.Note> findNote(UUID order) {
    return transactions().snapshot(tx -> notes().find(order, tx));
  }

  private OrderNotes.Note note(UUID order) {
    return java.util.Objects.requireNonNull(
        transactions().call(tx -> notes().lock(List.of(order), tx).get()).get(order));
  }

  private List<UUID> dueBetween(Duration since, Duration now) {
    Due due = due(now).since(NOON.plus(since));
    return transactions()
        .call(tx -> payments().lockDue(due, 10, tx).stream().map(Payment::id).toList());
  }

  private List<UUID> dueAt(Duration after) {
    return transactions()
        .call(tx -> payments().lockDue(due(after), 10, tx).stream().map(Payment::id).toList());
  }

  private List<Refund> dueRefunds(Duration after) {
    return transactions().call(tx -> refunds().lockDue(due(after), 10, tx));
  }

  private List<Refunds.OnRecord> refundsOf(Payment payment) {
    return transactions().snapshot(tx -> refunds().ofPayment(payment.id(), tx));
  }

  private static Due due(Duration after) {
    return new Due(NOON.plus(after), NOON.plus(after).plus(Duration.ofHours(1)));
  }

  private List<UUID> listOf(UUID customer) {
    return transactions()
        .snapshot(tx ->
            payments().list(new Payments.Filter(null, null, customer), null, 10, tx).stream()
                .map(Payment::id)
                .toList());
  }

  private List<UUID> list(
      @org.jspecify.annotations.Nullable UUID order,
      @org.jspecify.annotations.Nullable PaymentStatus status,
      @org.jspecify.annotations.Nullable UUID before,
      int limit) {
    return transactions()
        .snapshot(tx ->
            payments().list(new Payments.Filter(order, status, null), before, limit, tx).stream()
                .map(Payment::id)
                .toList());
  }

  private Payment filed() {
    Payment payment = Fixtures.payment(IDS.next());
    file(payment);
    return payment;
  }

  private Payment captured() {
    Payment payment = filed();
    change(
        payment,
        p -> {
          p.claim(NOON.plusSeconds(5));
          p.approve("transaction", SettledBy.PROVIDER, NOON.plusSeconds(1));
          p.owe(Money.of("1.50", "BRL"));
        });
    return payment;
  }

  private void file(Payment payment) {
    transactions().run(tx -> payments().insert(List.of(payment), tx));
  }

  private void change(Payment payment, java.util.function.Consumer<Payment> change) {
    change.accept(payment);
    transactions().run(tx -> payments().save(List.of(payment), tx));
  }

  private Payment found(UUID id) {
    return java.util.Objects.requireNonNull(
        transactions().snapshot(tx -> payments().find(List.of(id), tx)).get(id));
  }
}
