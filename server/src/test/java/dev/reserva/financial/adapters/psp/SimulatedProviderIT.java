package dev.reserva.financial.adapters.psp;

import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.financial.FinancialHouse;
import dev.reserva.financial.application.PaymentProvider;
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
import dev.reserva.financial.application.PaymentProvider.Unavailable;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedProviderIT {

  private final FinancialHouse house = new FinancialHouse();
  private final PaymentProvider provider = house.provider;
  private final UUID key = IDS.next();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void one_key_is_captured_once_however_many_ask_at_once() throws Exception {
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        answers.add(threads.submit(() -> charge(null)));
      }
    }

    for (Future<Answer> answer : answers) {
      assertThat(answer.get()).isEqualTo(charge(null));
    }
    assertThat(house.captured()).isEqualTo(1);
    assertThat(provider.inquire(key)).isEqualTo(charge(null));
  }

  @Test
  void it_answers_as_the_token_says() {
    assertThat(provider.inquire(key)).isEqualTo(new Absent());
    assertThat(charge("tok_decline")).isEqualTo(new Declined("declined"));
    assertThat(provider.charge(of(IDS.next(), PaymentMethod.CREDIT_CARD, "tok_pending")))
        .isEqualTo(new Pending(Instructions.NONE));
    assertThat(provider.charge(of(IDS.next(), "tok_whatever")))
        .isEqualTo(new Declined("invalid_token"));
  }

  @Test
  void a_pix_and_a_boleto_that_wait_have_a_code_that_stays_the_same() {
    for (PaymentMethod method : List.of(PaymentMethod.PIX, PaymentMethod.BOLETO)) {
      Charge charge = of(IDS.next(), method, "tok_pending");
      Answer first = provider.charge(charge);

      assertThat(first)
          .isInstanceOfSatisfying(
              Pending.class,
              pending -> {
                assertThat(pending.instructions().code()).isNotBlank();
                assertThat(pending.instructions().payBy()).isAfter(Instant.now());
              });
      assertThat(provider.charge(charge)).isEqualTo(first);
      assertThat(provider.inquire(charge.key())).isEqualTo(first);
    }
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
  void an_abandoned_charge_is_never_captured_even_if_it_comes_later() {
    assertThat(provider.abandon(of(key, null))).isEqualTo(new Abandoned());
    assertThat(charge(null)).isEqualTo(new Declined("voided"));
    assertThat(house.captured()).isZero();
  }

  @Test
  void a_captured_charge_cannot_be_abandoned() {
    Answer answer = charge(null);

    assertThat(provider.abandon(of(key, null))).isEqualTo(answer);
    assertThat(provider.inquire(key)).isEqualTo(answer);
  }

  @Test
  void it_gives_back_once_per_key_and_never_more_than_it_took() {
    charge(null);
    UUID refund = IDS.next();

    assertThat(repay(refund, "60.00")).isEqualTo(new Repaid());
    assertThat(repay(refund, "60.00")).isEqualTo(new Repaid());
    assertThat(repay(IDS.next(), "60.00")).isInstanceOf(Refused.class);
    assertThat(house.givenBack()).isEqualTo(60);
  }

  private Answer charge(@Nullable String token) {
    return provider.charge(of(key, token));
  }

  private PaymentProvider.Repayment repay(UUID refund, String amount) {
    return provider.refund(new Repay(refund, key, "t", Money.of(amount, "BRL")));
  }

  private static Charge of(UUID key, @Nullable String token) {
    return of(key, PaymentMethod.PIX, token);
  }

  private static Charge of(UUID key, PaymentMethod method, @Nullable String token) {
    return new Charge(key, PRICE, new PaymentChoice(method, token));
  }
}
