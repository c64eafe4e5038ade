package dev.reserva.customers.adapters.messaging;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.SalesEvent.CustomerOrdersEnded;
import dev.reserva.customers.application.EraseCustomer;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
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

  /** One by one: erasures are rare. */
  @Override
  public void handle(List<Message> batch, UnitOfWork tx) {
    for (Message message : batch) {
      if (!(message.payload() instanceof CustomerOrdersEnded ended)) {
        throw new Unprocessable("customers does not subscribe to " + message.type());
      }
      erasing.complete(ended.customerId(), message.cause(), tx.now(), tx);
    }
  }
}
