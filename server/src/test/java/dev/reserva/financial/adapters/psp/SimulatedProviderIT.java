package dev.reserva.financial.adapters.psp;

import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reserva.contracts.Money;
import dev.reserva.financial.FinancialHouse;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.application.PaymentProvider.Absent;
import dev.reserva.financial.application.PaymentProvider.Answer;
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
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedProviderIT extends PaymentProviderContract {

  private final FinancialHouse house = new FinancialHouse();
  private final PaymentProvider provider = house.provider;
  private final UUID key = IDS.next();

  @AfterEach
  void close() {
    house.close();
  }

  @Override
  protected PaymentProvider provider() {
    return provider;
  }

  @Override
  protected PaymentChoice approved() {
    return card("tok_approve");
  }

  @Override
  protected PaymentChoice declined() {
    return card("tok_decline");
  }

  @Override
  protected PaymentChoice waiting() {
    return new PaymentChoice(PaymentMethod.PIX, "tok_pending");
  }

  @Override
  protected String referenceOf(UUID charge) {
    return "sim_" + charge.toString().replace("-", "");
  }

  /** As the end of a call's time does, the money being taken. */
  @Override
  protected void chargeAndLoseTheAnswer(UUID charge) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> answer =
          threads.submit(() -> provider.charge(new Charge(charge, PRICE, card("tok_slow_60000"))));
      await().until(() -> house.captured() == 1);
      assertThat(answer.cancel(true)).isTrue();
    }
  }

  @Override
  protected PaymentChoice chargeDuringAnOutage(UUID charge) {
    PaymentChoice choice = card("tok_flaky_1");
    unanswered(() -> provider.charge(new Charge(charge, PRICE, choice)));
    return choice;
  }

  @Override
  protected long captured() {
    return house.captured();
  }

  @Override
  protected long givenBack() {
    return house.givenBack();
  }

  @Test
  void it_answers_as_the_token_says() {
    assertThat(charge("tok_decline")).isEqualTo(new Declined("declined"));
    assertThat(provider.charge(new Charge(IDS.next(), PRICE, card("tok_pending"))))
        .isEqualTo(new Pending(Instructions.NONE));
    assertThat(provider.charge(new Charge(IDS.next(), PRICE, card("tok_whatever"))))
        .isEqualTo(new Declined("invalid_token"));
  }

  @Test
  void a_boleto_that_waits_has_a_code_that_stays_the_same() {
    Charge charge =
        new Charge(IDS.next(), PRICE, new PaymentChoice(PaymentMethod.BOLETO, "tok_pending"));
    Answer first = provider.charge(charge);

    assertThat(first)
        .isInstanceOfSatisfying(
            Pending.class, pending -> assertThat(pending.instructions().code()).isNotBlank());
    assertThat(provider.charge(charge)).isEqualTo(first);
    assertThat(provider.inquire(charge.key())).isEqualTo(first);
  }

  @Test
  void a_flaky_charge_fails_as_often_as_it_says() {
    assertThatThrownBy(() -> charge("tok_flaky_2")).isInstanceOf(Unavailable.class);
    assertThat(provider.inquire(key)).isEqualTo(new Absent());
    assertThatThrownBy(() -> charge("tok_flaky_2")).isInstanceOf(Unavailable.class);
    assertThat(charge("tok_flaky_2")).isInstanceOf(Approved.class);
    assertThat(charge("tok_flaky_2")).isInstanceOf(Approved.class);
    assertThat(house.captured()).isEqualTo(1);
  }

  @Test
  void what_a_webhook_says_was_paid_is_given_back_unless_the_charge_was_declined() {
    UUID waits = IDS.next();
    provider.charge(new Charge(waits, PRICE, waiting()));
    charge("tok_decline");

    assertThat(provider.refund(new Repay(IDS.next(), waits, "psp-1", PRICE)))
        .isEqualTo(new Repaid());
    assertThat(provider.refund(new Repay(IDS.next(), key, "psp-1", PRICE)))
        .isInstanceOf(Refused.class);
    assertThat(house.givenBack()).isEqualTo(100);
  }

  @Test
  void the_key_of_a_refund_is_not_another_refunds() {
    Answer _ = charge("tok_approve");
    UUID refund = IDS.next();
    Answer _ = provider.charge(new Charge(refund, PRICE, approved()));

    assertThat(provider.refund(new Repay(refund, key, referenceOf(key), Money.of("1.00", "BRL"))))
        .isEqualTo(new Repaid());
    assertThat(provider.refund(new Repay(refund, key, referenceOf(key), Money.of("2.00", "BRL"))))
        .isInstanceOf(Refused.class);
    assertThat(house.givenBack()).isEqualTo(1);
  }

  private Answer charge(String token) {
    return provider.charge(new Charge(key, PRICE, card(token)));
  }
}
