package dev.reserva.financial.domain;

import static dev.reserva.financial.Fixtures.NOON;
import static dev.reserva.financial.Fixtures.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.financial.Fixtures;
import dev.reserva.messaging.FixedRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PaymentTest {

  private static final Instant LEASE = NOON.plusSeconds(10);
  private static final Instructions CODE = new Instructions("code", NOON.plusSeconds(900));

  private final Payment payment = Fixtures.payment(Fixtures.IDS.next());

  @Test
  void a_new_payment_is_due_at_once() {
    assertThat(payment.status()).isEqualTo(PaymentStatus.REQUESTED);
    assertThat(payment.state().dueAt()).isEqualTo(NOON);
  }

  @Test
  void a_claim_counts_the_attempt_and_keeps_others_away() {
    assertThat(payment.claim(LEASE)).isTrue();

    assertThat(payment.status()).isEqualTo(PaymentStatus.PROCESSING);
    assertThat(payment.attempts()).isEqualTo(1);
    assertThat(payment.state().dueAt()).isEqualTo(LEASE);
  }

  @Test
  void only_the_first_claim_is_news() {
    assertThat(payment.claim(LEASE)).isTrue();
    payment.postpone(Duration.ofSeconds(1), NOON);

    assertThat(payment.claim(LEASE)).isFalse();
    assertThat(payment.attempts()).isEqualTo(2);
  }

  @Test
  void nobody_can_approve_what_the_provider_was_never_asked() {
    assertThat(payment.approve("t", SettledBy.WEBHOOK, NOON))
        .isEqualTo(new Settlement.Contradicted(PaymentStatus.REQUESTED));
    assertThat(payment.status()).isEqualTo(PaymentStatus.REQUESTED);
  }

  @Test
  void an_approval_takes_the_money_once() {
    payment.claim(LEASE);

    assertThat(payment.approve("t", SettledBy.PROVIDER, NOON)).isEqualTo(new Settlement.Captured());
    assertThat(payment.approve("u", SettledBy.WEBHOOK, NOON)).isEqualTo(new Settlement.Unchanged());

    assertThat(payment.transactionId()).isEqualTo("t");
    assertThat(payment.state().dueAt()).isNull();
  }

  @Test
  void a_captured_payment_cannot_be_declined() {
    payment.claim(LEASE);
    payment.approve("t", SettledBy.PROVIDER, NOON);

    assertThat(payment.decline("no", SettledBy.WEBHOOK, NOON))
        .isEqualTo(new Settlement.Contradicted(PaymentStatus.SUCCEEDED));
    assertThat(payment.state().failure()).isNull();
  }

  @Test
  void a_success_after_the_failure_was_announced_is_owed_back() {
    payment.claim(LEASE);
    assertThat(payment.decline("no", SettledBy.PROVIDER, NOON))
        .isEqualTo(new Settlement.Failed("no"));

    assertThat(payment.approve("t", SettledBy.WEBHOOK, NOON))
        .isEqualTo(new Settlement.CapturedTooLate(PRICE));
    assertThat(payment.balance().owed()).isEqualTo(PRICE);
  }

  @Test
  void a_payment_nobody_asked_for_yet_is_cancelled_with_its_order() {
    assertThat(payment.endOrder(NOON)).isEqualTo(new OrderEnd.Withdrawn());
    assertThat(payment.status()).isEqualTo(PaymentStatus.CANCELLED);
    assertThat(payment.endOrder(NOON)).isEqualTo(new OrderEnd.Unchanged());
  }

  @Test
  void a_payment_under_way_is_pursued_when_its_order_dies() {
    payment.claim(LEASE);

    assertThat(payment.endOrder(NOON)).isEqualTo(new OrderEnd.Pursued());
    assertThat(payment.state().dueAt()).isEqualTo(NOON);
    assertThat(payment.claim(LEASE)).as("first attempt").isFalse();
    assertThat(payment.abandon(NOON)).isEqualTo(new Settlement.Withdrawn("order_cancelled"));
    assertThat(payment.status()).isEqualTo(PaymentStatus.CANCELLED);
  }

  @Test
  void a_late_success_for_a_dead_order_is_owed_back() {
    payment.claim(LEASE);
    payment.endOrder(NOON);

    assertThat(payment.approve("t", SettledBy.PROVIDER, NOON))
        .isEqualTo(new Settlement.CapturedTooLate(PRICE));
    assertThat(payment.owe(null)).isEqualTo(new Owing.NothingLeft());
  }

  @Test
  void a_dead_order_is_owed_what_is_not_given_back_yet() {
    capture();
    payment.owe(Money.of("30.00", "BRL"));

    assertThat(payment.endOrder(NOON)).isEqualTo(new OrderEnd.Owing(Money.of("70.00", "BRL")));
    assertThat(payment.balance().owed()).isEqualTo(PRICE);
  }

  @Test
  void never_more_is_owed_than_was_paid() {
    assertThat(payment.owe(null)).isEqualTo(new Owing.NotPaid(PaymentStatus.REQUESTED));
    capture();

    assertThat(payment.owe(Money.of("60.00", "BRL")))
        .isEqualTo(new Owing.Owed(Money.of("60.00", "BRL")));
    assertThat(payment.owe(Money.of("60.00", "BRL")))
        .isEqualTo(new Owing.TooMuch(Money.of("40.00", "BRL")));
    assertThat(payment.owe(null)).isEqualTo(new Owing.Owed(Money.of("40.00", "BRL")));
    assertThat(payment.owe(null)).isEqualTo(new Owing.NothingLeft());
  }

  @Test
  void giving_back_in_parts_ends_as_refunded() {
    capture();
    payment.owe(null);

    assertThat(payment.giveBack(Money.of("40.00", "BRL"))).isFalse();
    assertThat(payment.status()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
    assertThat(payment.giveBack(Money.of("10.00", "BRL"))).isFalse();
    assertThat(payment.giveBack(Money.of("50.00", "BRL"))).isTrue();
    assertThat(payment.status()).isEqualTo(PaymentStatus.REFUNDED);
    assertThat(payment.balance().refunded()).isEqualTo(PRICE);
  }

  @Test
  void a_refund_that_is_not_owed_cannot_be_paid() {
    capture();

    assertThatThrownBy(() -> payment.giveBack(Money.of("0.01", "BRL")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void only_a_payment_that_waits_at_the_provider_can_be_settled_by_hand() {
    payment.claim(LEASE);
    assertThat(payment.isWaiting()).isFalse();

    assertThat(payment.awaitBuyer(CODE, NOON.plusSeconds(60), NOON))
        .isEqualTo(new Settlement.Waiting(CODE));
    assertThat(payment.isWaiting()).isTrue();
    assertThat(payment.state().instructions()).isEqualTo(CODE);
    assertThat(payment.state().dueAt()).isEqualTo(NOON.plusSeconds(60));

    payment.approve("t", SettledBy.OPERATOR, NOON);
    assertThat(payment.isWaiting()).isFalse();
  }

  @Test
  void a_payment_without_an_answer_is_due_again_later() {
    payment.claim(LEASE);
    payment.postpone(Duration.ofSeconds(3), NOON);

    assertThat(payment.status()).isEqualTo(PaymentStatus.PROCESSING);
    assertThat(payment.state().dueAt()).isEqualTo(NOON.plusSeconds(3));
  }

  @Test
  void pauses_double_up_to_the_longest() {
    var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    assertThat(backoff.after(1, () -> 0L)).isBetween(Duration.ofMillis(80), Duration.ofMillis(120));
    assertThat(backoff.after(3, () -> 0L))
        .isBetween(Duration.ofMillis(320), Duration.ofMillis(480));
    assertThat(backoff.after(1_000, () -> 0L))
        .isBetween(Duration.ofMillis(800), Duration.ofMillis(1_200));
  }

  @Test
  void what_the_buyer_was_told_stays_while_the_provider_waits() {
    awaitBuyer();

    payment.claim(LEASE);
    assertThat(payment.awaitBuyer(Instructions.NONE, NOON.plusSeconds(120), NOON))
        .isEqualTo(new Settlement.Unchanged());
    assertThat(payment.state().instructions()).isEqualTo(CODE);
    assertThat(payment.state().dueAt()).isEqualTo(NOON.plusSeconds(120));

    payment.decline("declined", SettledBy.WEBHOOK, NOON);
    assertThat(payment.state().instructions()).isNull();
  }

  @Test
  void a_payment_that_comes_to_wait_after_its_order_died_is_pursued() {
    payment.claim(LEASE);
    payment.endOrder(NOON);

    assertThat(payment.awaitBuyer(CODE, NOON.plusSeconds(60), NOON))
        .isEqualTo(new Settlement.Unchanged());
    assertThat(payment.state().dueAt()).isEqualTo(NOON);
  }

  @Test
  void a_payment_that_waits_can_be_replaced_and_is_abandoned_then() {
    Payment next = awaitBuyerAndReplace();

    assertThat(payment.state().replacedBy()).isEqualTo(next.id());
    assertThat(payment.state().dueAt()).isEqualTo(NOON);
    assertThat(payment.state().isToBeAbandoned()).isTrue();
    assertThat(payment.claim(LEASE)).as("first attempt").isFalse();
    assertThat(payment.abandon(NOON)).isEqualTo(new Settlement.Withdrawn("replaced"));
    assertThat(payment.status()).isEqualTo(PaymentStatus.CANCELLED);
    assertThat(payment.state().unwanted()).isTrue();
  }

  @Test
  void the_payment_that_takes_its_place_is_held_until_it_has_ended() {
    Payment next = awaitBuyerAndReplace();

    assertThat(next.state().isHeld()).isTrue();
    assertThatThrownBy(() -> next.claim(LEASE)).isInstanceOf(IllegalStateException.class);
    assertThat(next.release(NOON.plusSeconds(1))).isTrue();
    assertThat(next.state().dueAt()).isEqualTo(NOON.plusSeconds(1));
    assertThat(next.release(NOON.plusSeconds(2))).isFalse();
    assertThat(next.giveWay(NOON)).isEqualTo(new Settlement.Unchanged());
    assertThat(next.claim(LEASE)).isTrue();
  }

  @Test
  void a_buyer_who_pays_before_the_provider_is_told_has_paid_the_order() {
    Payment next = awaitBuyerAndReplace();

    assertThat(payment.approve("t", SettledBy.WEBHOOK, NOON)).isEqualTo(new Settlement.Captured());
    assertThat(payment.paysItsOrder()).isTrue();
    assertThat(next.giveWay(NOON)).isEqualTo(new Settlement.Withdrawn("order_paid"));
    assertThat(next.status()).isEqualTo(PaymentStatus.CANCELLED);
    assertThat(next.paysItsOrder()).isFalse();
  }

  @Test
  void money_that_comes_after_the_replacement_is_owed_back() {
    awaitBuyerAndReplace();
    payment.abandon(NOON);

    assertThat(payment.approve("t", SettledBy.WEBHOOK, NOON))
        .isEqualTo(new Settlement.CapturedTooLate(PRICE));
    assertThat(payment.paysItsOrder()).isFalse();
    assertThat(payment.balance().owed()).isEqualTo(PRICE);
  }

  @Test
  void a_replaced_payment_that_is_declined_fails_nobody() {
    awaitBuyerAndReplace();

    assertThat(payment.decline("expired", SettledBy.WEBHOOK, NOON))
        .isEqualTo(new Settlement.Withdrawn("expired"));
    assertThat(payment.status()).isEqualTo(PaymentStatus.CANCELLED);
  }

  @Test
  void a_payment_that_is_held_ends_with_its_order() {
    Payment next = awaitBuyerAndReplace();

    assertThat(next.endOrder(NOON)).isEqualTo(new OrderEnd.Withdrawn());
    assertThat(next.release(NOON)).isFalse();
    assertThat(payment.endOrder(NOON)).isEqualTo(new OrderEnd.Pursued());
    assertThat(payment.approve("t", SettledBy.PROVIDER, NOON))
        .isEqualTo(new Settlement.CapturedTooLate(PRICE));
  }

  @Test
  void only_what_waits_and_is_not_replaced_can_be_replaced() {
    UUID other = Fixtures.IDS.next();
    assertThatThrownBy(() -> payment.replaceBy(other, NOON))
        .isInstanceOf(IllegalStateException.class);
    awaitBuyerAndReplace();
    assertThatThrownBy(() -> payment.replaceBy(other, NOON))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_choice_without_a_token_is_met_by_the_same_method() {
    assertThat(payment.meets(new PaymentChoice(PaymentMethod.PIX, null))).isTrue();
    assertThat(payment.meets(new PaymentChoice(PaymentMethod.PIX, "tok"))).isFalse();
    assertThat(payment.meets(new PaymentChoice(PaymentMethod.BOLETO, null))).isFalse();
  }

  private void awaitBuyer() {
    payment.claim(LEASE);
    payment.awaitBuyer(CODE, NOON.plusSeconds(60), NOON);
  }

  private Payment awaitBuyerAndReplace() {
    awaitBuyer();
    Payment next = Fixtures.payment(payment.terms().orderId(), payment.id());
    payment.replaceBy(next.id(), NOON);
    return next;
  }

  private void capture() {
    payment.claim(LEASE);
    payment.approve("t", SettledBy.PROVIDER, NOON);
  }

  @Test
  void pauses_vary_by_a_fifth() {
    var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    assertThat(backoff.after(2, new FixedRandom(0))).isEqualTo(Duration.ofMillis(160));
    assertThat(backoff.after(2, new FixedRandom(0.5))).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.after(2, new FixedRandom(1))).isEqualTo(Duration.ofMillis(240));
    assertThat(backoff.after(0, new FixedRandom(0.5))).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.after(5, new FixedRandom(0.5))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_back_off_of_no_time_is_refused() {
    assertThatThrownBy(() -> new Backoff(Duration.ofNanos(999_999), Duration.ofSeconds(1)))
        .hasMessageContaining("was PT0.000999999S..PT1S");
    assertThatThrownBy(() -> new Backoff(Duration.ofMillis(2), Duration.ofMillis(1)))
        .hasMessageStartingWith("back-off must be 1 ms or longer");
    assertThat(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)).first()).hasMillis(1);
  }

  @Test
  void a_buyer_is_not_waited_for_once_the_payment_has_ended() {
    assertThat(payment.awaitBuyer(CODE, NOON.plusSeconds(60), NOON))
        .isEqualTo(new Settlement.Unchanged());
    capture();
    assertThat(payment.awaitBuyer(CODE, NOON.plusSeconds(60), NOON))
        .isEqualTo(new Settlement.Unchanged());
    assertThat(payment.isWaiting()).isFalse();
    payment.postpone(Duration.ofSeconds(3), NOON);
    assertThat(payment.state().dueAt()).isNull();
  }

  @Test
  void a_claim_says_why_it_cannot_be() {
    Payment next = awaitBuyerAndReplace();

    assertThatThrownBy(() -> next.claim(LEASE))
        .hasMessage("payment %s cannot be claimed, it is held".formatted(next.id()));
    payment.abandon(NOON);
    assertThatThrownBy(() -> payment.claim(LEASE))
        .hasMessage("payment %s cannot be claimed, it is CANCELLED".formatted(payment.id()));
  }

  @Test
  void a_payment_that_waits_past_its_due_date_is_asked_about_then_and_expires() {
    Instant payBy = NOON.plusSeconds(30);
    payment.claim(LEASE);
    payment.awaitBuyer(new Instructions("code", payBy), NOON.plusSeconds(60), NOON);

    assertThat(payment.state().dueAt()).isEqualTo(payBy);
    assertThat(payment.isExpired(payBy.minusNanos(1))).isFalse();
    assertThat(payment.isExpired(payBy)).isTrue();
    payment.claim(LEASE);
    assertThat(payment.abandon(payBy)).isEqualTo(new Settlement.Failed(Payment.EXPIRED));
  }

  @Test
  void an_inquiry_after_the_due_date_is_due_at_once() {
    payment.claim(LEASE);
    payment.awaitBuyer(new Instructions("code", NOON.minusSeconds(1)), NOON.plusSeconds(60), NOON);

    assertThat(payment.state().dueAt()).isEqualTo(NOON);
  }

  @Test
  void a_failed_payment_can_be_tried_again_while_tries_are_left() {
    Payment failed = failed(1);
    assertThat(failed.mayBeTriedAgain()).isTrue();

    failed.tryAgainBy(Fixtures.IDS.next());

    assertThat(failed.status()).isEqualTo(PaymentStatus.FAILED);
    assertThat(failed.mayBeTriedAgain()).isFalse();
    assertThat(failed(0).mayBeTriedAgain()).isFalse();
    assertThatThrownBy(() -> failed.tryAgainBy(Fixtures.IDS.next()))
        .hasMessage("payment %s cannot be tried again".formatted(failed.id()));
  }

  @Test
  void the_payment_of_a_dead_order_is_not_tried_again() {
    Payment failed = failed(1);
    failed.endOrder(NOON);

    assertThat(failed.mayBeTriedAgain()).isFalse();
  }

  @Test
  void money_that_comes_late_pays_the_order_unless_another_payment_is_tried() {
    Payment alone = failed(1);
    assertThat(alone.approve("t", SettledBy.WEBHOOK, NOON)).isEqualTo(new Settlement.Captured());
    assertThat(alone.paysItsOrder()).isTrue();

    Payment replaced = failed(1);
    replaced.tryAgainBy(Fixtures.IDS.next());
    assertThat(replaced.approve("t", SettledBy.WEBHOOK, NOON))
        .isEqualTo(new Settlement.CapturedTooLate(PRICE));
    assertThat(replaced.paysItsOrder()).isFalse();
    assertThat(replaced.balance().owed()).isEqualTo(PRICE);

    assertThat(failed(0).approve("t", SettledBy.WEBHOOK, NOON))
        .isEqualTo(new Settlement.CapturedTooLate(PRICE));
  }

  @Test
  void no_payment_has_less_than_no_tries_left() {
    assertThatThrownBy(() -> failed(-1)).hasMessage("triesLeft must be at least 0, was -1");
  }

  private static Payment failed(int triesLeft) {
    Payment payment = Fixtures.payment(Fixtures.IDS.next(), triesLeft);
    payment.claim(LEASE);
    payment.decline("declined", SettledBy.PROVIDER, NOON);
    return payment;
  }

  @Test
  void without_an_answer_a_payment_is_abandoned_as_such() {
    payment.claim(LEASE);

    assertThat(payment.abandon(NOON)).isEqualTo(new Settlement.Failed("no_answer"));
    assertThatThrownBy(payment::transactionId)
        .hasMessage("payment %s has no transaction".formatted(payment.id()));
  }

  @Test
  void a_token_is_refused_rather_than_changed_and_never_shown() {
    assertThat(PaymentChoice.checkedToken("tok_1")).isEqualTo("tok_1");
    assertThatThrownBy(() -> PaymentChoice.checkedToken(" tok_1"))
        .hasMessage("token must be as the provider gave it, without white space around it");
    assertThat(PaymentChoice.checkedToken("t".repeat(255))).hasSize(255);
    assertThatThrownBy(() -> PaymentChoice.checkedToken("t".repeat(256)))
        .hasMessage("token must have 1..255 characters, had 256");
    assertThat(new PaymentChoice(PaymentMethod.PIX, "t".repeat(1_500)))
        .hasToString("PaymentChoice[method=PIX]");
    assertThatThrownBy(() -> new PaymentChoice(PaymentMethod.PIX, "t".repeat(1_501)))
        .hasMessage("token must have 1..1500 characters, had 1501");
    assertThatThrownBy(() -> new PaymentChoice(PaymentMethod.PIX, ""))
        .hasMessage("token must have 1..1500 characters, had 0");
  }

  @Test
  void a_choice_with_a_token_is_met_by_that_token_alone() {
    PaymentChoice asked = new PaymentChoice(PaymentMethod.PIX, "tok");

    assertThat(asked.isMetBy(new PaymentChoice(PaymentMethod.PIX, "tok"))).isTrue();
    assertThat(asked.isMetBy(new PaymentChoice(PaymentMethod.PIX, "other"))).isFalse();
    assertThat(asked.isMetBy(new PaymentChoice(PaymentMethod.PIX, null))).isFalse();
  }

  @Test
  void a_method_is_known_by_its_name_on_the_wire() {
    for (PaymentMethod method : PaymentMethod.values()) {
      assertThat(PaymentMethod.parse(method.wire())).isEqualTo(method);
    }
    assertThat(PaymentMethod.CREDIT_CARD.wire()).isEqualTo("credit_card");
    assertThatThrownBy(() -> PaymentMethod.parse("x".repeat(40)))
        .hasMessage(
            "method must be one of credit_card, debit_card, pix, boleto, was \"%s\""
                .formatted("x".repeat(40)));
    assertThatThrownBy(() -> PaymentMethod.parse("x".repeat(41)))
        .hasMessageEndingWith("was \"%s…\"".formatted("x".repeat(40)));
  }

  @Test
  void a_refund_is_asked_for_again_at_its_time_until_it_is_made() {
    Refund refund =
        Refund.owed(
            Fixtures.IDS.next(), payment.id(), PRICE, "damaged", payment.terms().trail(), NOON);
    assertThat(refund.dueAt()).isEqualTo(NOON);

    Refund claimed = refund.claimed(LEASE);
    assertThat(claimed.attempts()).isEqualTo(1);
    assertThat(claimed.dueAt()).isEqualTo(LEASE);

    Refund postponed = claimed.postponed(NOON.plusSeconds(30));
    assertThat(postponed.attempts()).isEqualTo(1);
    assertThat(postponed.dueAt()).isEqualTo(NOON.plusSeconds(30));
    assertThat(postponed.createdAt()).isEqualTo(NOON);
  }

  @Test
  void a_refund_has_an_amount_and_a_reason_of_at_most_500_characters() {
    var trail = payment.terms().trail();
    UUID id = Fixtures.IDS.next();
    assertThatThrownBy(() -> Refund.owed(id, payment.id(), Money.zero("BRL"), null, trail, NOON))
        .hasMessage("amount must be more than 0, was 0.00 BRL");
    assertThat(Refund.owed(id, payment.id(), PRICE, "🐭".repeat(500), trail, NOON).reason())
        .hasSize(1_000);
    assertThatThrownBy(() -> Refund.owed(id, payment.id(), PRICE, "🐭".repeat(501), trail, NOON))
        .hasMessage("reason must have at most 500 characters, had 501");
    assertThat(Refund.reason(" damaged ")).isEqualTo("damaged");
  }

  @Test
  void a_code_for_the_buyer_is_one_line() {
    assertThat(new Instructions(" 000201 ", null).code()).isEqualTo("000201");
    assertThat(Instructions.NONE.code()).isNull();
    assertThatThrownBy(() -> new Instructions("a\nb", null))
        .hasMessageStartingWith("code must have one line");
  }
}
