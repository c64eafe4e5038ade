package dev.reserva.inventory.adapters.messaging;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.contracts.SalesEvent.OrderPaid;
import dev.reserva.contracts.SalesEvent.Part;
import dev.reserva.contracts.SalesEvent.ReturnItem;
import dev.reserva.contracts.SalesEvent.ReturnReceived;
import dev.reserva.inventory.application.FollowOrders;
import dev.reserva.inventory.application.OrderStep;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Bundle;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Return;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The subscription {@value #NAME}. */
public final class OrderEvents implements Subscription.Handler {

  public static final String NAME = "inventory";

  private final FollowOrders followOrders;

  public OrderEvents(FollowOrders followOrders) {
    this.followOrders = followOrders;
  }

  public Subscription subscription() {
    return Subscription.of(NAME, Consumers.typesOf(NAME), this);
  }

  @Override
  public void handle(List<Message> batch, UnitOfWork tx) {
    followOrders.follow(batch.stream().map(OrderEvents::step).toList(), tx);
  }

  private static OrderStep step(Message message) {
    return switch (message.payload()) {
      case OrderCreated created ->
          new OrderStep.Submitted(created.orderId(), basket(created), message.cause());
      case OrderPaid paid -> new OrderStep.Paid(paid.orderId(), message.cause());
      case OrderCancelled cancelled ->
          new OrderStep.Cancelled(cancelled.orderId(), cancelled.reason(), message.cause());
      case ReturnReceived received -> new OrderStep.Returned(returned(received), message.cause());
      case Object other ->
          throw new Unprocessable(
              "inventory does not follow %s".formatted(other.getClass().getSimpleName()));
    };
  }

  private static Basket basket(OrderCreated created) {
    try {
      return Basket.of(
          Bundle.unitsOf(
              created.items().stream()
                  .map(item -> ordered(item.productId(), item.quantity(), item.parts()))
                  .toList()));
    } catch (IllegalArgumentException e) {
      throw new Unprocessable(
          "order %s cannot be reserved: %s".formatted(created.orderId(), e.getMessage()), e);
    }
  }

  private static Return returned(ReturnReceived received) {
    try {
      return new Return(
          received.returnId(),
          received.orderId(),
          goods(received.items()),
          received.restock(),
          LocationCode.of(received.location()));
    } catch (IllegalArgumentException e) {
      throw new Unprocessable(
          "return %s cannot be taken back: %s".formatted(received.returnId(), e.getMessage()), e);
    }
  }

  /** What comes back. A part that comes back by itself as well is added up. */
  private static List<Line> goods(List<ReturnItem> items) {
    List<Bundle.Ordered> ordered =
        items.stream()
            .map(item -> ordered(item.productId(), item.quantity(), item.parts()))
            .toList();
    boolean plain = ordered.stream().allMatch(line -> line.bundle().isNone());
    List<Line> units = Bundle.unitsOf(ordered);
    return plain ? units : Basket.of(units).lines();
  }

  private static Bundle.Ordered ordered(UUID productId, int quantity, @Nullable List<Part> parts) {
    return new Bundle.Ordered(
        new Line(productId, quantity),
        parts == null
            ? Bundle.NONE
            : Bundle.of(
                parts.stream().map(part -> new Line(part.productId(), part.quantity())).toList()));
  }
}
