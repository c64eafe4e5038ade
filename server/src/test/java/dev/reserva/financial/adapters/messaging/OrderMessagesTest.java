package dev.reserva.financial.adapters.messaging;

import static dev.reserva.financial.Fixtures.CAUSE;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.NOON;
import static dev.reserva.financial.Fixtures.cancelled;
import static dev.reserva.financial.Fixtures.payable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderShipped;
import dev.reserva.financial.Fixtures;
import dev.reserva.financial.adapters.memory.MemoryOrderNotes;
import dev.reserva.financial.adapters.memory.MemoryPayments;
import dev.reserva.financial.adapters.memory.MemoryReceivables;
import dev.reserva.financial.adapters.memory.MemoryRefunds;
import dev.reserva.financial.adapters.memory.MemoryReviews;
import dev.reserva.financial.application.AskProvider;
import dev.reserva.financial.application.FollowOrders;
import dev.reserva.financial.application.OrderStep;
import dev.reserva.financial.application.PaymentPolicy;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.application.ProviderAccess;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.platform.events.TestCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An event that cannot be parsed becomes a dead letter at once; a fault of the service is retried.
 */
class OrderMessagesTest {

  private static final UUID ORDER = IDS.next();

  @Test
  void an_order_that_can_be_paid_says_how_or_leaves_it_open() {
    assertThat(OrderMessages.step(payable(ORDER, "pix", "tok"), NOON, CAUSE))
        .isEqualTo(
            new OrderStep.Payable(
                ORDER,
                Fixtures.CUSTOMER,
                Fixtures.PRICE,
                new PaymentChoice(PaymentMethod.PIX, "tok"),
                NOON.plusSeconds(900),
                CAUSE));
    assertThat(OrderMessages.step(payable(ORDER, null, null), NOON, CAUSE))
        .isEqualTo(
            new OrderStep.Payable(
                ORDER, Fixtures.CUSTOMER, Fixtures.PRICE, null, NOON.plusSeconds(900), CAUSE));
    assertThat(OrderMessages.step(Fixtures.created(ORDER), NOON, CAUSE))
        .isEqualTo(new OrderStep.Created(ORDER, Fixtures.CUSTOMER, Fixtures.PRICE, NOON, CAUSE));
    assertThat(OrderMessages.step(cancelled(ORDER), NOON, CAUSE))
        .isEqualTo(new OrderStep.Died(ORDER, "customer_request", CAUSE));
  }

  static List<SalesEvent> whatNoPaymentCanFollow() {
    return List.of(
        payable(ORDER, "cash", null),
        payable(ORDER, "pix", ""),
        payable(ORDER, "pix", "x".repeat(1_501)),
        new OrderCancelled(ORDER, Fixtures.CUSTOMER, "x".repeat(501), null, "PENDING", "CANCELLED"),
        new OrderShipped(ORDER, Fixtures.CUSTOMER, null, "CONFIRMED", "SHIPPED"));
  }

  @ParameterizedTest
  @MethodSource("whatNoPaymentCanFollow")
  void an_event_that_no_payment_can_follow_is_unprocessable(SalesEvent fact) {
    assertThatThrownBy(() -> OrderMessages.step(fact, NOON, CAUSE))
        .isInstanceOf(Unprocessable.class);
  }

  @Test
  void a_fault_of_the_use_case_is_not_taken_for_an_event_that_cannot_be_read() {
    var transactions = new TestTransactions(NOON);
    var payments = new MemoryPayments();
    var refunds = new MemoryRefunds();
    var receivables = new MemoryReceivables();
    Ids broken =
        () -> {
          throw new IllegalArgumentException("a fault of ours");
        };
    try (var askProvider =
        new AskProvider(
            payments,
            refunds,
            receivables,
            new MemoryReviews(),
            transactions,
            new ProviderAccess(new NoProvider(), Fixtures.QUICK, new Random()),
            IDS,
            () -> {},
            () -> {})) {
      var messages =
          new OrderMessages(
              new FollowOrders(
                  payments,
                  refunds,
                  receivables,
                  new MemoryOrderNotes(),
                  askProvider,
                  broken,
                  PaymentPolicy.once(Optional.empty()),
                  () -> {},
                  () -> {}));
      assertThatThrownBy(() ->
              transactions.run(
                  tx -> messages.handle(List.of(message(payable(ORDER, "pix", null))), tx)))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("a fault of ours");
    }
  }

  private static Message message(SalesEvent fact) {
    var catalogue = TestCatalogue.create();
    return new Message(1, catalogue.envelop(IDS.next(), fact, CAUSE, NOON), catalogue, fact);
  }

  /** Is never asked. */
  private static final class NoProvider implements PaymentProvider {
    @Override
    public Answer charge(Charge charge) {
      throw new AssertionError();
    }

    @Override
    public Standing inquire(UUID key) {
      throw new AssertionError();
    }

    @Override
    public Abandonment abandon(Charge charge) {
      throw new AssertionError();
    }

    @Override
    public Repayment refund(Repay repay) {
      throw new AssertionError();
    }
  }
}
