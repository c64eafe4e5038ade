package dev.reserva.financial;

import static dev.reserva.financial.Fixtures.CAUSE;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.QUICK;
import static dev.reserva.financial.Fixtures.cancelled;
import static dev.reserva.financial.Fixtures.payable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.SalesEvent;
import dev.reserva.financial.adapters.psp.FakeStripe;
import dev.reserva.financial.adapters.psp.FakeStripe.Fault;
import dev.reserva.financial.adapters.psp.FakeStripeAccount;
import dev.reserva.financial.adapters.psp.FakeStripeAccount.Event;
import dev.reserva.financial.adapters.psp.StripeIntents;
import dev.reserva.financial.adapters.psp.StripeProvider;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments by Stripe while requests and answers get lost. Stripe's own ledger is the judge. */
class StripeUnderFaultsIT {

  private static final int ORDERS = 40;

  private static final Set<PaymentStatus> ENDED =
      Set.of(
          PaymentStatus.SUCCEEDED,
          PaymentStatus.FAILED,
          PaymentStatus.CANCELLED,
          PaymentStatus.REFUNDED);

  private final FinancialHouse house = new FinancialHouse();
  private final FakeStripe stripe = new FakeStripe();
  private final FakeStripeAccount account = stripe.account();
  private final StripeIntents intents = new StripeIntents(house.transactions);
  private final FinancialHouse.Instance process =
      house.process(
          _ -> new StripeProvider(intents, stripe.url(), FakeStripe.KEY, QUICK.timeLimit()),
          Optional.empty());

  @AfterEach
  void close() {
    house.close();
    stripe.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void no_money_is_taken_twice_or_kept_of_a_dead_order(long seed) {
    Random random = new Random(seed);
    Fault[] faults = Fault.values();
    stripe.fault(_ -> {
      synchronized (random) {
        return random.nextInt(100) < 70 ? Fault.NONE : faults[random.nextInt(faults.length)];
      }
    });
    var late = new ConcurrentLinkedQueue<Event>();
    account.whenItHappens(event -> {
      if (event.id().hashCode() % 3 == 0) {
        webhook(event); // before the answer
      } else {
        late.add(event);
      }
    });
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      orders.add(IDS.next());
    }
    for (int i = 0; i < ORDERS; i++) {
      process.handles(pays(orders.get(i), i));
      process.works();
      if (i % 2 == 1) {
        process.handles(cancelled(orders.get(i / 2)));
      }
    }
    process.worksFor(Duration.ofSeconds(2));
    deliverInAnyOrder(late, random);

    stripe.recover();
    buyersPay(orders);
    deliverInAnyOrder(late, random);
    process.worksUntil(() -> orders.stream().allMatch(this::isOver));
    deliverInAnyOrder(late, random);
    process.worksUntil(() -> orders.stream().allMatch(this::isOver));

    List<String> captured = account.captured();
    assertThat(captured).doesNotHaveDuplicates();
    long back = 0;
    for (UUID order : orders) {
      Payment payment = house.paymentOf(order);
      assertThat(captured.contains(payment.id().toString()))
          .as("%s %s", payment.status(), payment.state().failure())
          .isEqualTo(payment.status().isCaptured());
      back += payment.status() == PaymentStatus.REFUNDED ? 10_000 : 0;
    }
    assertThat(account.givenBack()).isEqualTo(back);
    for (UUID order : orders.subList(0, ORDERS / 2)) {
      assertThat(house.paymentOf(order).status())
          .as("of a dead order")
          .isIn(PaymentStatus.CANCELLED, PaymentStatus.FAILED, PaymentStatus.REFUNDED);
    }
    assertThat(house.violations())
        .filteredOn(violation -> !violation.startsWith("financial.books-equal-provider-ledger"))
        .isEmpty();
  }

  private static SalesEvent pays(UUID order, int number) {
    return switch (number % 4) {
      case 0, 1 -> payable(order, "credit_card", FakeStripeAccount.VISA);
      case 2 -> payable(order, "pix", null);
      default -> payable(order, "credit_card", FakeStripeAccount.DECLINED);
    };
  }

  private boolean isOver(UUID order) {
    Payment payment = house.paymentOf(order);
    return ENDED.contains(payment.status()) && payment.balance().owed().isZero();
  }

  /** Every buyer pays whose pix still can be paid. */
  private void buyersPay(List<UUID> orders) {
    process.worksUntil(() ->
        orders.stream()
            .map(house::paymentOf)
            .allMatch(payment ->
                ENDED.contains(payment.status())
                    || (payment.isWaiting() && !payment.state().isToBeAbandoned())));
    for (UUID order : orders) {
      Payment payment = house.paymentOf(order);
      if (payment.isWaiting()) {
        account.intentsOf(payment.id().toString()).stream()
            .filter(intent -> account.statusOf(intent).equals("requires_action"))
            .forEach(account::pay);
      }
    }
  }

  private void deliverInAnyOrder(ConcurrentLinkedQueue<Event> late, Random random) {
    List<Event> events = new ArrayList<>(late);
    events.addAll(late); // each twice
    late.clear();
    Collections.shuffle(events, random);
    events.forEach(this::webhook);
  }

  private void webhook(Event event) {
    house.transactions.run(tx ->
        intents
            .paymentOf(event.intent(), tx)
            .ifPresent(payment -> {
              if (event.type().equals("payment_intent.succeeded")) {
                SettlePayment.Received _ =
                    process.settlePayment.byWebhook(
                        new SettlePayment.Report(event.id(), payment, new Approved(event.intent())),
                        CAUSE,
                        tx);
              } else {
                process.settlePayment.inquireByWebhook(event.id(), payment, tx);
              }
            }));
  }
}
