package dev.reserva.financial.adapters.messaging;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.contracts.SalesEvent.OrderPaymentPending;
import dev.reserva.contracts.SalesEvent.ReturnReceived;
import dev.reserva.financial.application.FollowOrders;
import dev.reserva.financial.application.OrderStep;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The subscription {@value #NAME}. */
public final class OrderMessages implements Subscription.Handler {

  public static final String NAME = "financial";

  private final FollowOrders followOrders;

  public OrderMessages(FollowOrders followOrders) {
    this.followOrders = followOrders;
  }

  public Subscription subscription() {
    return Subscription.of(NAME, Consumers.typesOf(NAME), this);
  }

  @Override
  public void handle(List<Message> batch, UnitOfWork tx) {
    followOrders.follow(
        batch.stream()
            .map(message -> step(message.payload(), message.event().time(), message.cause()))
            .toList(),
        tx);
  }

  /**
   * What a fact of sales means here.
   *
   * @param at when it happened
   * @throws Unprocessable when nothing can follow from it
   */
  public static OrderStep step(Object fact, Instant at, Cause cause) {
    return switch (fact) {
      case OrderCreated created ->
          new OrderStep.Created(
              created.orderId(), created.customerId(), created.total(), at, cause);
      case OrderPaymentPending payable ->
          new OrderStep.Payable(
              payable.orderId(),
              payable.customerId(),
              payable.amount(),
              choice(payable),
              payable.payBefore(),
              cause);
      case OrderCancelled cancelled -> died(cancelled, cause);
      case ReturnReceived received ->
          new OrderStep.Returned(received.orderId(), received.returnId(), received.refund(), cause);
      case Object other ->
          throw new Unprocessable(
              "financial does not follow %s".formatted(other.getClass().getSimpleName()));
    };
  }

  private static @Nullable PaymentChoice choice(OrderPaymentPending payable) {
    try {
      return payable.method() == null
          ? null
          : new PaymentChoice(PaymentMethod.parse(payable.method()), payable.token());
    } catch (IllegalArgumentException e) {
      throw new Unprocessable(
          "order %s cannot be paid: %s".formatted(payable.orderId(), e.getMessage()), e);
    }
  }

  private static OrderStep died(OrderCancelled cancelled, Cause cause) {
    try {
      return new OrderStep.Died(cancelled.orderId(), cancelled.reason(), cause);
    } catch (IllegalArgumentException e) {
      throw new Unprocessable(
          "order %s cannot be ended: %s".formatted(cancelled.orderId(), e.getMessage()), e);
    }
  }
}
