package dev.reserva.customers.adapters.messaging;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.SalesEvent.CustomerOrdersEnded;
import dev.reserva.customers.application.EraseCustomer;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import java.util.Comparator;
import java.util.List;

/** The subscription {@value #NAME}. */
public final class CustomersMessages implements Subscription.Handler {

  public static final String NAME = "customers";

  private final EraseCustomer erasing;

  public CustomersMessages(EraseCustomer erasing) {
    this.erasing = erasing;
  }

  public Subscription subscription() {
    return Subscription.of(NAME, Consumers.typesOf(NAME), this);
  }

  /**
   * One by one, since erasures are rare, and in the order of the customers' ids, in which each
   * transaction locks them.
   */
  @Override
  public void handle(List<Message> batch, UnitOfWork tx) {
    batch.stream()
        .sorted(Comparator.comparing(message -> ended(message).customerId()))
        .forEach(message ->
            erasing.complete(ended(message).customerId(), message.cause(), tx.now(), tx));
  }

  private static CustomerOrdersEnded ended(Message message) {
    if (!(message.payload() instanceof CustomerOrdersEnded ended)) {
      throw new Unprocessable("customers does not subscribe to " + message.type());
    }
    return ended;
  }
}
