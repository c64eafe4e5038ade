package dev.reserva.financial.application;

import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.PaymentProvider.Abandoned;
import dev.reserva.financial.application.PaymentProvider.Absent;
import dev.reserva.financial.application.PaymentProvider.Answer;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.PaymentProvider.Charge;
import dev.reserva.financial.application.PaymentProvider.Declined;
import dev.reserva.financial.application.PaymentProvider.Pending;
import dev.reserva.financial.application.PaymentProvider.Refused;
import dev.reserva.financial.application.PaymentProvider.Repaid;
import dev.reserva.financial.application.PaymentProvider.Repay;
import dev.reserva.financial.application.PaymentProvider.Repayment;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What financial relies on from every {@link PaymentProvider}. Money is counted in the provider's
 * own ledger, not by its answers.
 */
public abstract class PaymentProviderContract {

  private final UUID key = IDS.next();

  /** The provider, with an empty ledger. */
  protected abstract PaymentProvider provider();

  /** A choice that is approved at once. */
  protected abstract PaymentChoice approved();

  /** A choice that is declined. */
  protected abstract PaymentChoice declined();

  /** A pix that waits for the buyer. */
  protected abstract PaymentChoice waiting();

  /** A reference as the provider gives one for a charge, whether or not it took its money. */
  protected abstract String referenceOf(UUID charge);

  /** Charges; the money is taken, but the answer gets lost. */
  protected abstract void chargeAndLoseTheAnswer(UUID charge);

  /**
   * Charges; the provider fails before it takes anything.
   *
   * @return the choice, which is approved the next time
   */
  protected abstract PaymentChoice chargeDuringAnOutage(UUID charge);

  /** Number of charges that took money, by the provider's ledger. */
  protected abstract long captured();

  /** What was given back, in whole units, by the provider's ledger. */
  protected abstract long givenBack();

  @Test
  void one_key_is_captured_once_however_many_ask_at_once() throws Exception {
    List<Future<Answer>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        asked.add(threads.submit(() -> charge(approved())));
      }
    }
    Answer answer = charge(approved());

    assertThat(answer).isInstanceOf(Approved.class);
    for (Future<Answer> each : asked) {
      if (each.state() == Future.State.SUCCESS) {
        assertThat(each.get()).isEqualTo(answer);
      } // A provider may turn away one of two calls at once: the caller asks again.
    }
    assertThat(captured()).isEqualTo(1);
    assertThat(provider().inquire(key)).isEqualTo(answer);
  }

  @Test
  void an_inquiry_takes_nothing() {
    assertThat(provider().inquire(key)).isEqualTo(new Absent());
    assertThat(captured()).isZero();
  }

  @Test
  void a_declined_charge_stays_declined() {
    Answer answer = charge(declined());

    assertThat(answer).isInstanceOf(Declined.class);
    assertThat(charge(declined())).isInstanceOf(Declined.class);
    assertThat(provider().inquire(key)).isInstanceOf(Declined.class);
    assertThat(captured()).isZero();
  }

  @Test
  void a_charge_that_waits_for_the_buyer_has_one_code_and_due_time() {
    Answer first = charge(waiting());

    assertThat(first)
        .isInstanceOfSatisfying(
            Pending.class,
            pending -> {
              assertThat(pending.instructions().code()).isNotBlank();
              assertThat(pending.instructions().payBy()).isAfter(Instant.now());
            });
    assertThat(charge(waiting())).isEqualTo(first);
    assertThat(provider().inquire(key)).isEqualTo(first);
    assertThat(captured()).isZero();
  }

  @Test
  void a_charge_whose_answer_is_lost_is_found_and_not_taken_again() {
    chargeAndLoseTheAnswer(key);

    assertThat(provider().inquire(key)).isInstanceOf(Approved.class);
    assertThat(charge(approved())).isEqualTo(provider().inquire(key));
    assertThat(captured()).isEqualTo(1);
  }

  @Test
  void a_charge_that_failed_before_it_took_anything_is_taken_by_the_next_one() {
    PaymentChoice choice = chargeDuringAnOutage(key);

    assertThat(captured()).isZero();
    assertThat(provider().inquire(key)).isEqualTo(new Absent());
    assertThat(charge(choice)).isInstanceOf(Approved.class);
    assertThat(captured()).isEqualTo(1);
  }

  @Test
  void an_abandoned_charge_is_never_captured_even_if_it_comes_later() {
    assertThat(abandon(approved())).isEqualTo(new Abandoned());
    assertThat(charge(approved())).isEqualTo(new Declined("voided"));
    assertThat(captured()).isZero();
  }

  @Test
  void a_charge_that_waits_can_be_abandoned() {
    charge(waiting());

    assertThat(abandon(waiting())).isEqualTo(new Abandoned());
    assertThat(provider().inquire(key)).isEqualTo(new Declined("voided"));
    assertThat(captured()).isZero();
  }

  @Test
  void a_captured_charge_cannot_be_abandoned() {
    Answer answer = charge(approved());

    assertThat(abandon(approved())).isEqualTo(answer);
    assertThat(provider().inquire(key)).isEqualTo(answer);
  }

  @Test
  void a_charge_and_its_abandonment_at_once_agree() throws Exception {
    for (int i = 0; i < 10; i++) {
      UUID each = IDS.next();
      Charge charge = new Charge(each, PRICE, approved());
      long before = captured();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> _ = threads.submit(() -> provider().charge(charge));
        Future<?> _ = threads.submit(() -> provider().abandon(charge));
      }
      boolean taken = provider().abandon(charge) instanceof Approved;

      assertThat(captured() - before).isEqualTo(taken ? 1 : 0);
    }
  }

  @Test
  void it_gives_back_once_per_key_and_never_more_than_it_took() {
    charge(approved());
    UUID refund = IDS.next();

    assertThat(repay(refund, "60.00")).isEqualTo(new Repaid());
    assertThat(repay(refund, "60.00")).isEqualTo(new Repaid());
    assertThat(repay(IDS.next(), "60.00")).isInstanceOf(Refused.class);
    assertThat(repay(IDS.next(), "40.00")).isEqualTo(new Repaid());
    assertThat(givenBack()).isEqualTo(100);
  }

  @Test
  void it_gives_nothing_back_of_what_was_never_taken() {
    assertThat(repay(IDS.next(), "1.00")).as("never charged").isInstanceOf(Refused.class);
    for (PaymentChoice choice : List.of(declined(), waiting(), approved())) {
      UUID charge = IDS.next();
      if (choice.equals(approved())) {
        provider().abandon(new Charge(charge, PRICE, choice));
      } else {
        provider().charge(new Charge(charge, PRICE, choice));
      }
      assertThat(provider().refund(of(IDS.next(), charge, "1.00")))
          .as("%s", choice)
          .isInstanceOf(Refused.class);
    }
    assertThat(givenBack()).isZero();
  }

  @Test
  void a_charge_of_a_failed_attempt_gives_nothing_back() {
    PaymentChoice _ = chargeDuringAnOutage(key);

    assertThat(repay(IDS.next(), "1.00")).isInstanceOf(Refused.class);
    assertThat(givenBack()).isZero();
  }

  /** A call that the provider fails, as a caller sees it. */
  protected static void unanswered(Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(PaymentProvider.Unavailable.class);
  }

  private Answer charge(PaymentChoice choice) {
    return provider().charge(new Charge(key, PRICE, choice));
  }

  private PaymentProvider.Abandonment abandon(PaymentChoice choice) {
    return provider().abandon(new Charge(key, PRICE, choice));
  }

  private Repayment repay(UUID refund, String amount) {
    return provider().refund(of(refund, key, amount));
  }

  private Repay of(UUID refund, UUID charge, String amount) {
    return new Repay(refund, charge, referenceOf(charge), Money.of(amount, "BRL"));
  }

  /** A choice of a card with a token. */
  protected static PaymentChoice card(String token) {
    return new PaymentChoice(PaymentMethod.CREDIT_CARD, token);
  }
}
