package dev.reserva.financial.adapters.messaging;

import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.financial.application.FollowOrders;
import dev.reserva.financial.application.FollowOrders.Heard;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Unprocessable;
import java.util.Set;

/** The subscription {@code financial}. */
public final class OrderMessages {

  public static final String NAME = "financial";

  private OrderMessages() {}

  public static Subscription subscription(FollowOrders followOrders) {
    return Subscription.of(
        NAME,
        Set.of(Contracts.ORDER_PAYMENT_PENDING, Contracts.ORDER_CANCELLED),
        (batch, tx) -> {
          try {
            followOrders.handle(
                batch.stream()
                    .map(message -> new Heard(message.payload(SalesEvent.class), message.cause()))
                    .toList(),
                tx);
          } catch (IllegalArgumentException e) {
            // A method or token that no payment can have: it will not get better by waiting.
            throw new Unprocessable(String.valueOf(e.getMessage()), e);
          }
        });
  }
}
