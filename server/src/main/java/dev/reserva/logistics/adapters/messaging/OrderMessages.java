package dev.reserva.logistics.adapters.messaging;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.SalesEvent.HeldItem;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderConfirmed;
import dev.reserva.contracts.SalesEvent.OrderDelivered;
import dev.reserva.contracts.SalesEvent.OrderShipped;
import dev.reserva.logistics.application.FollowOrders;
import dev.reserva.logistics.application.OrderStep;
import dev.reserva.logistics.domain.Line;
import dev.reserva.logistics.domain.Location;
import dev.reserva.logistics.domain.Parcel;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The subscription {@value #NAME}. */
public final class OrderMessages implements Subscription.Handler {

  public static final String NAME = "logistics";

  /** The states from which an order is cancelled after it was confirmed. */
  private static final Set<String> CONFIRMED_OR_LATER = Set.of("CONFIRMED", "SHIPPED", "DELIVERED");

  private final FollowOrders followOrders;

  public OrderMessages(FollowOrders followOrders) {
    this.followOrders = followOrders;
  }

  public Subscription subscription() {
    return Subscription.of(NAME, Consumers.typesOf(NAME), this);
  }

  @Override
  public void handle(List<Message> batch, UnitOfWork tx) {
    followOrders.follow(batch.stream().map(OrderMessages::step).toList(), tx);
  }

  private static OrderStep step(Message message) {
    return switch (message.payload()) {
      case OrderConfirmed confirmed ->
          new OrderStep.Confirmed(
              confirmed.orderId(), confirmed.customerId(), parcels(confirmed), message.cause());
      case OrderShipped shipped -> new OrderStep.Shipped(shipped.orderId(), message.cause());
      case OrderDelivered delivered ->
          new OrderStep.Delivered(delivered.orderId(), message.cause());
      case OrderCancelled cancelled ->
          new OrderStep.Cancelled(
              cancelled.orderId(),
              cancelled.customerId(),
              CONFIRMED_OR_LATER.contains(cancelled.from()),
              message.cause());
      case Object other ->
          throw new Unprocessable(
              "logistics does not follow %s".formatted(other.getClass().getSimpleName()));
    };
  }

  /** One parcel for each location, in the order in which the items name them. */
  private static List<Parcel> parcels(OrderConfirmed confirmed) {
    try {
      Map<Location, List<Line>> lines = new LinkedHashMap<>();
      for (HeldItem item : confirmed.items()) {
        Location location = item.location() == null ? Location.MAIN : new Location(item.location());
        lines
            .computeIfAbsent(location, _ -> new ArrayList<>())
            .add(Line.ordered(item.productId(), item.sku(), item.name(), item.quantity()));
      }
      return lines.entrySet().stream()
          .map(entry -> new Parcel(entry.getKey(), entry.getValue()))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new Unprocessable(
          "order %s cannot be shipped: %s".formatted(confirmed.orderId(), e.getMessage()), e);
    }
  }
}
