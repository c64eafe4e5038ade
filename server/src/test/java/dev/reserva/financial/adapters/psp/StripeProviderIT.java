package dev.reserva.financial.adapters.psp;

import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.contracts.Money;
import dev.reserva.financial.FinancialDatabase;
import dev.reserva.financial.adapters.psp.FakeStripe.Fault;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.application.PaymentProvider.Absent;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.PaymentProvider.Charge;
import dev.reserva.financial.application.PaymentProvider.Declined;
import dev.reserva.financial.application.PaymentProvider.Pending;
import dev.reserva.financial.application.PaymentProvider.Refused;
import dev.reserva.financial.application.PaymentProvider.Repaid;
import dev.reserva.financial.application.PaymentProvider.Repay;
import dev.reserva.financial.application.PaymentProvider.Unavailable;
import dev.reserva.financial.application.PaymentProviderContract;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentMethod;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The adapter to Stripe against a local server that answers as Stripe does. */
class StripeProviderIT extends PaymentProviderContract {

  private static final Duration TIME_LIMIT = Duration.ofMillis(400);

  private final FinancialDatabase database = new FinancialDatabase();
  private final FakeStripe stripe = new FakeStripe();
  private final FakeStripeAccount account = stripe.account();
  private final StripeIntents intents = new StripeIntents(database.transactions());
  private final PaymentProvider provider = provider(FakeStripe.KEY);
  private final UUID key = IDS.next();

  @AfterEach
  void close() {
    stripe.close();
    database.close();
  }

  private PaymentProvider provider(String apiKey) {
    return new StripeProvider(intents, stripe.url(), apiKey, TIME_LIMIT);
  }

  @Override
  protected PaymentProvider provider() {
    return provider;
  }

  @Override
  protected PaymentChoice approved() {
    return card(FakeStripeAccount.VISA);
  }

  @Override
  protected PaymentChoice declined() {
    return card(FakeStripeAccount.DECLINED);
  }

  @Override
  protected PaymentChoice waiting() {
    return new PaymentChoice(PaymentMethod.PIX, null);
  }

  @Override
  protected String referenceOf(UUID charge) {
    return account.intentsOf(charge.toString()).stream().findFirst().orElse("pi_none");
  }

  @Override
  protected void chargeAndLoseTheAnswer(UUID charge) {
    stripe.fault(on("confirm", Fault.LOSE_ANSWER));
    unanswered(() -> provider.charge(new Charge(charge, PRICE, approved())));
    stripe.recover();
  }

  @Override
  protected PaymentChoice chargeDuringAnOutage(UUID charge) {
    stripe.fault(_ -> Fault.FAIL);
    unanswered(() -> provider.charge(new Charge(charge, PRICE, approved())));
    stripe.recover();
    return approved();
  }

  @Override
  protected long captured() {
    return account.captured().size();
  }

  @Override
  protected long givenBack() {
    return account.givenBack() / 100;
  }

  private static Function<String, Fault> on(String path, Fault fault) {
    return request -> request.contains(path) ? fault : Fault.NONE;
  }

  private PaymentProvider.Answer charge() {
    return provider.charge(new Charge(key, PRICE, approved()));
  }

  private PaymentProvider.Repayment repay(UUID refund) {
    return provider.refund(new Repay(refund, key, referenceOf(key), Money.of("30.00", "BRL")));
  }

  @Test
  void the_amount_is_in_the_currencys_smallest_unit_and_names_its_payment() {
    assertThat(charge()).isEqualTo(new Approved("pi_1"));

    assertThat(account.captured()).containsExactly(key.toString());
    assertThat(repay(IDS.next())).isEqualTo(new Repaid());
    assertThat(account.givenBack()).isEqualTo(3_000);
  }

  @Test
  void a_decline_says_why_and_its_intent_cannot_be_paid_any_more() {
    assertThat(provider.charge(new Charge(key, PRICE, declined())))
        .isEqualTo(new Declined("generic_decline"));

    assertThat(account.statusOf("pi_1")).isEqualTo("canceled");
    assertThat(provider.inquire(key)).isEqualTo(new Declined("generic_decline"));
  }

  @Test
  void a_decline_whose_answer_is_lost_is_found_and_closed() {
    stripe.fault(on("confirm", Fault.LOSE_ANSWER));
    unanswered(() -> provider.charge(new Charge(key, PRICE, declined())));
    stripe.recover();
    assertThat(account.statusOf("pi_1")).isEqualTo("requires_payment_method");

    assertThat(provider.inquire(key)).isEqualTo(new Declined("generic_decline"));
    assertThat(account.statusOf("pi_1")).isEqualTo("canceled");
  }

  @Test
  void a_payment_method_that_stripe_does_not_know_is_declined() {
    assertThat(provider.charge(new Charge(key, PRICE, card("pm_of_nobody"))))
        .isEqualTo(new Declined("resource_missing"));
    assertThat(account.statusOf("pi_1")).isEqualTo("canceled");
  }

  @Test
  void a_card_without_a_payment_method_is_declined_without_asking() {
    Charge charge = new Charge(key, PRICE, new PaymentChoice(PaymentMethod.CREDIT_CARD, null));

    assertThat(provider.charge(charge)).isEqualTo(new Declined("payment_method_required"));
    assertThat(stripe.requests()).isZero();
  }

  @Test
  void an_amount_that_stripe_refuses_is_declined_for_good() {
    Charge charge = new Charge(key, Money.of("0.10", "BRL"), approved());

    assertThat(provider.charge(charge)).isEqualTo(new Declined("amount_too_small"));
    assertThat(provider.charge(charge)).isInstanceOf(Declined.class);
    assertThat(stripe.requests()).isEqualTo(1);
  }

  @Test
  void nothing_is_charged_for_an_order_that_costs_nothing() {
    Charge charge = new Charge(key, Money.of("0.00", "BRL"), approved());

    assertThat(provider.charge(charge)).isInstanceOf(Approved.class);
    assertThat(stripe.requests()).isZero();
  }

  @Test
  void an_intent_whose_making_was_lost_takes_no_money_beside_the_one_on_record() {
    stripe.fault(on("payment_intents", Fault.LOSE_ANSWER));
    unanswered(this::charge);
    stripe.recover();
    assertThat(provider.inquire(key)).isEqualTo(new Absent());

    assertThat(charge()).isInstanceOf(Approved.class);
    assertThat(account.captured()).hasSize(1);
    assertThat(account.intentsOf(key.toString())).as("the same key, the same intent").hasSize(1);
  }

  @Test
  void a_failure_that_stripe_repeats_for_a_key_is_left_behind_by_the_next_key() {
    stripe.fault(on("confirm", Fault.FAIL));
    unanswered(this::charge);
    unanswered(this::charge);
    stripe.recover();

    assertThat(charge()).isInstanceOf(Approved.class);
    assertThat(account.captured()).hasSize(1);
  }

  @Test
  void a_confirmation_that_fails_after_it_took_the_money_is_not_repeated() {
    stripe.fault(on("confirm", Fault.FAIL_LATE));
    unanswered(this::charge);
    stripe.recover();

    assertThat(provider.inquire(key)).isEqualTo(new Approved("pi_1"));
    assertThat(charge()).isEqualTo(new Approved("pi_1"));
    assertThat(account.captured()).hasSize(1);
  }

  @Test
  void an_answer_that_comes_too_late_is_found_by_inquiry() {
    stripe.fault(on("confirm", Fault.BE_SLOW));
    unanswered(this::charge);
    stripe.recover();

    assertThat(provider.inquire(key)).isEqualTo(new Approved("pi_1"));
    assertThat(account.captured()).hasSize(1);
  }

  @Test
  void a_refund_whose_answer_is_lost_or_fails_is_given_once() {
    charge();
    UUID lost = IDS.next();
    UUID failed = IDS.next();
    UUID failedLate = IDS.next();
    stripe.fault(on("POST /v1/refunds", Fault.LOSE_ANSWER));
    unanswered(() -> repay(lost));
    stripe.fault(on("POST /v1/refunds", Fault.FAIL));
    unanswered(() -> repay(failed));
    stripe.fault(on("POST /v1/refunds", Fault.FAIL_LATE));
    unanswered(() -> repay(failedLate));
    stripe.recover();

    for (UUID refund : new UUID[] {lost, failed, failedLate, lost, failed, failedLate}) {
      assertThat(repay(refund)).isEqualTo(new Repaid());
    }
    assertThat(account.givenBack()).isEqualTo(9_000);
  }

  @Test
  void a_refund_that_is_under_way_is_asked_for_until_it_has_arrived() {
    charge();
    UUID refund = IDS.next();
    account.newRefundsAre("pending");
    unanswered(() -> repay(refund));
    unanswered(() -> repay(refund));

    account.refundsArrive();
    assertThat(repay(refund)).isEqualTo(new Repaid());
    assertThat(account.givenBack()).isEqualTo(3_000);
  }

  @Test
  void a_refund_that_fails_at_the_bank_is_refused_and_not_given_again() {
    charge();
    UUID refund = IDS.next();
    account.newRefundsAre("failed");

    assertThat(repay(refund)).isInstanceOf(Refused.class);
    account.newRefundsAre("succeeded");
    assertThat(repay(refund)).isInstanceOf(Refused.class);
    assertThat(account.givenBack()).isZero();
  }

  @Test
  void a_card_that_the_bank_asks_about_waits_and_an_expired_one_is_declined() {
    assertThat(provider.charge(new Charge(key, PRICE, card(FakeStripeAccount.ASKS_THE_BUYER))))
        .isEqualTo(new Pending(Instructions.NONE));

    account.expire("pi_1");
    assertThat(provider.inquire(key))
        .isEqualTo(new Declined("payment_intent_payment_attempt_expired"));
    assertThat(account.statusOf("pi_1")).isEqualTo("canceled");
  }

  @Test
  void what_the_buyer_paid_before_the_abandonment_is_approved() {
    provider.charge(new Charge(key, PRICE, waiting()));
    account.pay("pi_1");

    assertThat(provider.abandon(new Charge(key, PRICE, waiting()))).isEqualTo(new Approved("pi_1"));
  }

  @Test
  void a_wrong_api_key_declines_no_payment() {
    PaymentProvider stranger = provider("sk_test_of_somebody_else");

    unanswered(() -> stranger.charge(new Charge(key, PRICE, approved())));
    assertThat(provider.inquire(key)).isEqualTo(new Absent());
  }

  @Test
  void stripe_is_left_alone_while_it_fails_and_asked_again_later() {
    stripe.fault(_ -> Fault.FAIL);
    for (int i = 0; i < 10; i++) {
      unanswered(() -> provider.charge(new Charge(IDS.next(), PRICE, approved())));
    }
    int asked = stripe.requests();
    unanswered(this::charge);
    assertThat(stripe.requests()).as("the circuit breaker is open").isEqualTo(asked).isLessThan(10);

    stripe.recover();
    await().ignoreException(Unavailable.class).until(() -> charge() instanceof Approved);
    assertThat(account.captured()).hasSize(1);
  }
}
