package dev.reserva.logistics.adapters.messaging;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.SalesEvent.HeldItem;
import dev.reserva.contracts.SalesEvent.HeldPart;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  /**
   * One parcel for each location, in the order in which the items name them. A bundle is shipped as
   * its parts; a part that is ordered by itself as well is added up.
   */
  private static List<Parcel> parcels(OrderConfirmed confirmed) {
    try {
      boolean bundled = confirmed.items().stream().anyMatch(item -> item.units() != null);
      Map<Location, List<Line>> lines = new LinkedHashMap<>();
      for (HeldItem item : confirmed.items()) {
        if (item.units() == null) {
          add(item.location(), line(item), lines);
        } else {
          item.units().forEach(part -> add(part.location(), line(part), lines));
        }
      }
      return lines.entrySet().stream()
          .map(entry ->
              new Parcel(entry.getKey(), bundled ? summed(entry.getValue()) : entry.getValue()))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new Unprocessable(
          "order %s cannot be shipped: %s".formatted(confirmed.orderId(), e.getMessage()), e);
    }
  }

  private static Line line(HeldItem item) {
    return Line.ordered(item.productId(), item.sku(), item.name(), item.quantity());
  }

  private static Line line(HeldPart part) {
    return Line.ordered(part.productId(), part.sku(), part.name(), part.quantity());
  }

  private static void add(@Nullable String code, Line line, Map<Location, List<Line>> lines) {
    Location location = code == null ? Location.MAIN : new Location(code);
    lines.computeIfAbsent(location, _ -> new ArrayList<>()).add(line);
  }

  private static List<Line> summed(List<Line> lines) {
    Map<UUID, Line> sums = new LinkedHashMap<>();
    lines.forEach(line ->
        sums.merge(
            line.productId(),
            line,
            (known, more) ->
                Line.ordered(
                    known.productId(),
                    known.sku(),
                    known.name(),
                    known.quantity() + more.quantity()))); // a line refuses an overflow
    return List.copyOf(sums.values());
  }
}
