package dev.reserva.financial;

import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.payable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.application.ProcessPayment;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What financial's properties change. */
class FinancialSettingsIT {

  private final FinancialHouse house = new FinancialHouse();
  private final UUID order = IDS.next();

  @AfterEach
  void close() {
    house.close();
  }

  /** Names without their common beginning, and values. */
  private FinancialHouse.Instance process(String... namesAndValues) {
    return process(UnaryOperator.identity(), namesAndValues);
  }

  private FinancialHouse.Instance process(
      UnaryOperator<PaymentProvider> between, String... namesAndValues) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put("reserva.financial." + namesAndValues[i], namesAndValues[i + 1]);
    }
    FinancialProperties bound =
        new Binder(new MapConfigurationPropertySource(properties))
            .bindOrCreate("reserva.financial", FinancialProperties.class);
    return house.process(between, bound.paymentPolicy(), bound.callPolicy());
  }

  private Payment payment() {
    return house.paymentOf(order);
  }

  /** How far the next question to the provider lies ahead, by the database's clock. */
  private Duration pause() {
    return Duration.ofSeconds(
        house.count(
            "select round(extract(epoch from due_at - now()))::bigint from financial.payments"));
  }

  private void makeDue() {
    house.database.sql().sql("update financial.payments set due_at = now()").update();
  }

  @Test
  @EffectOf("reserva.financial.default-method")
  void an_order_without_a_payment_method_is_paid_by_the_default_one() {
    process("default-method", "pix").handles(payable(order, null, null));

    assertThat(payment().terms().choice().method()).isEqualTo(PaymentMethod.PIX);
  }

  @Test
  @EffectOf("reserva.financial.call-timeout")
  void a_call_that_takes_too_long_is_followed_by_an_inquiry() {
    var process = process("call-timeout", "50ms", "first-backoff", "10ms");
    process.handles(payable(order, "tok_slow_1500"));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));

    assertThat(payment().attempts()).as("with the default one is enough").isGreaterThan(1);
    assertThat(house.captured()).isEqualTo(1);
  }

  @Test
  @EffectOf("reserva.financial.max-calls")
  void no_more_calls_are_made_at_a_time_than_allowed() {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch answer = new CountDownLatch(1);
    var process = process(provider -> new SlowProvider(provider, calls, answer), "max-calls", "2");
    List<UUID> orders = Stream.generate(IDS::next).limit(5).toList();
    orders.forEach(each -> process.handles(payable(each, "tok_approve")));
    process.worksUntil(() -> calls.get() == 2);
    for (int i = 0; i < 20; i++) {
      process.works();
    }
    assertThat(calls).hasValue(2);

    answer.countDown();
    process.worksUntil(() -> house.captured() == 5);
    assertThat(calls).hasValue(5);
  }

  @Test
  @EffectOf({"reserva.financial.first-backoff", "reserva.financial.longest-backoff"})
  void pauses_begin_with_the_first_and_end_with_the_longest() {
    var process = process("first-backoff", "60m", "longest-backoff", "70m");
    process.handles(payable(order, "tok_flaky_9"));
    process.worksUntil(() -> payment().attempts() == 1 && pause().toMinutes() > 10);
    assertThat(pause())
        .as("60 m ± 20 %%")
        .isBetween(Duration.ofMinutes(47), Duration.ofMinutes(73));

    makeDue();
    process.worksUntil(() -> payment().attempts() == 2 && pause().toMinutes() > 10);
    assertThat(pause())
        .as("70 m ± 20 %%, and not twice 60 m")
        .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(85));
  }

  @Test
  @EffectOf("reserva.financial.max-attempts")
  void a_payment_fails_after_as_many_attempts_without_an_answer() {
    var process = process("max-attempts", "2", "first-backoff", "10ms", "longest-backoff", "20ms");
    process.handles(payable(order, "tok_flaky_9"));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.FAILED));

    assertThat(payment().attempts()).isLessThan(9);
    assertThat(house.captured()).isZero();
  }

  @Test
  @EffectOf("reserva.financial.tries")
  void as_many_payments_of_an_order_may_fail_as_there_are_tries() {
    var process = process("tries", "2");
    process.handles(payable(order, "tok_decline"));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.FAILED));
    assertThat(payment().mayBeTriedAgain()).isTrue();

    var second =
        new ProcessPayment.Request(
            order, new PaymentChoice(PaymentMethod.CREDIT_CARD, "tok_decline"), null);
    assertThat(
            house.transactions.<ProcessPayment.Outcome>call(
                tx -> process.processPayment.process(second, Fixtures.CAUSE, tx)))
        .isInstanceOf(ProcessPayment.Outcome.UnderWay.class);
    process.worksUntil(
        () -> house.isAt(order, PaymentStatus.FAILED) && payment().terms().replaces() != null);
    assertThat(payment().mayBeTriedAgain()).isFalse();
  }

  @Test
  @EffectOf("reserva.financial.pending-inquiry")
  void a_payment_that_waits_for_the_buyer_is_asked_about_now_and_then() {
    var process = process("pending-inquiry", "2h");
    process.handles(payable(order, "tok_pending"));
    process.worksUntil(() -> payment().isWaiting() && pause().toMinutes() > 10);

    assertThat(pause()).isBetween(Duration.ofMinutes(90), Duration.ofMinutes(150));
  }

  /** Answers when it may. */
  private static final class SlowProvider extends RelayedProvider {

    private final AtomicInteger calls;
    private final CountDownLatch answer;

    SlowProvider(PaymentProvider provider, AtomicInteger calls, CountDownLatch answer) {
      super(provider);
      this.calls = calls;
      this.answer = answer;
    }

    @Override
    public Answer charge(Charge charge) {
      calls.incrementAndGet();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new Unavailable("interrupted");
      }
      return super.charge(charge);
    }
  }
}
