package dev.reserva.operations.adapters.messaging;

import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.operations.application.CountOrders;
import dev.reserva.operations.application.CountOrders.Step;
import dev.reserva.operations.application.ManualPublications;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes every step of an order to {@link CountOrders}. An event by hand is no step. A step that
 * cannot be decoded is logged and not counted. It does not become a dead letter here, because the
 * services that act on it make it one already.
 */
public final class OrderSteps implements Subscription.Handler {

  public static final Set<String> TYPES =
      Set.of(
          Contracts.ORDER_CREATED,
          Contracts.ORDER_PAYMENT_PENDING,
          Contracts.ORDER_PAID,
          Contracts.ORDER_CONFIRMED,
          Contracts.ORDER_SHIPPED,
          Contracts.ORDER_DELIVERED,
          Contracts.ORDER_COMPLETED,
          Contracts.ORDER_CANCELLED);

  private static final Logger LOG = LoggerFactory.getLogger(OrderSteps.class);

  private final CountOrders countOrders;
  private final ManualPublications publications;

  public OrderSteps(CountOrders countOrders, ManualPublications publications) {
    this.countOrders = countOrders;
    this.publications = publications;
  }

  @Override
  public void handle(List<Message> batch, UnitOfWork tx) {
    List<Step> steps = new ArrayList<>(batch.size());
    Set<UUID> manual =
        publications.among(batch.stream().map(message -> message.event().id()).toList(), tx);
    for (Message message : batch) {
      if (manual.contains(message.event().id())) {
        continue;
      }
      try {
        SalesEvent fact = message.payload(SalesEvent.class);
        // A draft was not counted, so its submission leaves no counted state.
        String from = fact instanceof OrderCreated ? null : fact.from();
        steps.add(new Step(message.position(), from, fact.to()));
      } catch (Unprocessable e) {
        LOG.warn(
            "order step cannot be decoded and is not counted: event={} type={} position={} error={}",
            message.event().id(),
            message.type(),
            message.position(),
            e.getMessage());
      }
    }
    if (!steps.isEmpty()) {
      countOrders.count(steps, tx);
    }
  }
}
