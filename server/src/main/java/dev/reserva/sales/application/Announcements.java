package dev.reserva.sales.application;

import static java.util.Objects.requireNonNull;

import dev.reserva.contracts.Locations;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.AwaitedItem;
import dev.reserva.contracts.SalesEvent.HeldItem;
import dev.reserva.contracts.SalesEvent.Item;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderCompleted;
import dev.reserva.contracts.SalesEvent.OrderConfirmed;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.contracts.SalesEvent.OrderDelivered;
import dev.reserva.contracts.SalesEvent.OrderPaid;
import dev.reserva.contracts.SalesEvent.OrderPaymentPending;
import dev.reserva.contracts.SalesEvent.OrderShipped;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.sales.domain.HeldUnits;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.OrderTax;
import dev.reserva.sales.domain.PaymentChoice;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.Reservation;
import dev.reserva.sales.domain.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Publishes the steps of orders, one event for each. */
final class Announcements {

  private Announcements() {}

  /**
   * @param order as it is after the step
   * @param lines needed where the step leads to PENDING or CONFIRMED
   * @throws IllegalArgumentException for a new draft, which is not published
   */
  static void step(OrderState order, Step step, List<OrderLine> lines, Cause cause, UnitOfWork tx) {
    tx.publish(event(order, step, lines, null), cause);
  }

  /**
   * A step that an operator takes by hand, which normally follows from the order's shipments.
   *
   * @param order as it is after the step
   * @param step to SHIPPED, DELIVERED or COMPLETED
   */
  static void override(OrderState order, Step step, String reason, Cause cause, UnitOfWork tx) {
    tx.publish(event(order, step, List.of(), reason), cause);
  }

  private static SalesEvent event(
      OrderState order, Step step, List<OrderLine> lines, @Nullable String override) {
    String to = step.to().name();
    return switch (step.to()) {
      case PENDING ->
          new OrderCreated(
              order.id(),
              order.number().toString(),
              order.customerId(),
              items(lines),
              order.total(),
              tax(lines),
              name(step.from()),
              to);
      case PENDING_PAYMENT -> paymentPending(order, from(step), to);
      case PAID ->
          new OrderPaid(
              order.id(),
              order.customerId(),
              requireNonNull(order.payment(), "a paid order has a payment").id(),
              order.total(),
              from(step),
              to,
              awaited(order.reservation()));
      case CONFIRMED ->
          new OrderConfirmed(
              order.id(),
              order.customerId(),
              held(lines, order.reservation()),
              order.total(),
              tax(lines),
              order.shippingAddress(),
              from(step),
              to);
      case SHIPPED -> new OrderShipped(order.id(), order.customerId(), override, from(step), to);
      case DELIVERED ->
          new OrderDelivered(order.id(), order.customerId(), override, from(step), to);
      case COMPLETED ->
          new OrderCompleted(order.id(), order.customerId(), override, from(step), to);
      case CANCELLED, FAILED ->
          new OrderCancelled(
              order.id(),
              order.customerId(),
              requireNonNull(step.reason(), "an order that is cancelled or failed has a reason")
                  .wire(),
              order.note(),
              from(step),
              to);
      case DRAFT -> throw new IllegalArgumentException("a draft is not published");
    };
  }

  private static OrderPaymentPending paymentPending(OrderState order, String from, String to) {
    PaymentChoice choice = order.paymentChoice();
    return new OrderPaymentPending(
        order.id(),
        order.customerId(),
        order.total(),
        choice == null ? null : choice.method().wire(),
        choice == null ? null : choice.token(),
        requireNonNull(
            requireNonNull(order.reservation(), "an order with reserved stock has a reservation")
                .expiresAt(),
            "a reservation has an expiry"),
        from,
        to);
  }

  private static List<Item> items(List<OrderLine> lines) {
    requireAny(lines);
    return lines.stream()
        .map(line ->
            new Item(
                line.productId(),
                line.sku(),
                line.name(),
                line.quantity().value(),
                line.unitPrice(),
                line.total(),
                PartFacts.parts(line)))
        .toList();
  }

  private static @Nullable List<AwaitedItem> awaited(@Nullable Reservation reservation) {
    return reservation == null || reservation.awaited().isEmpty()
        ? null
        : reservation.awaited().stream()
            .map(units -> new AwaitedItem(units.productId(), units.quantity(), units.expectedAt()))
            .toList();
  }

  /** The lines by the locations that hold them. */
  private static List<HeldItem> held(List<OrderLine> lines, @Nullable Reservation reservation) {
    requireAny(lines);
    if (lines.stream().anyMatch(line -> !line.parts().isEmpty())) {
      return HeldBundles.items(lines, reservation);
    }
    if (reservation == null || reservation.held().isEmpty()) {
      return lines.stream().map(line -> held(line, Locations.MAIN)).toList();
    }
    Map<UUID, List<HeldUnits>> places = new HashMap<>();
    for (HeldUnits units : reservation.held()) {
      places.computeIfAbsent(units.productId(), _ -> new ArrayList<>()).add(units);
    }
    return lines.stream()
        .flatMap(line -> parts(line, places.getOrDefault(line.productId(), List.of())).stream())
        .toList();
  }

  /** The parts of a line. Their totals add up to the line's. */
  static List<HeldItem> parts(OrderLine line, List<HeldUnits> places) {
    int units = places.stream().mapToInt(HeldUnits::quantity).sum();
    if (units != line.quantity().value()) {
      throw new Unprocessable(
          "the reservation holds %d units of product %s, the order has %d"
              .formatted(units, line.productId(), line.quantity().value()));
    }
    List<HeldItem> parts = new ArrayList<>(places.size());
    int taken = 0;
    Money takenTax = Money.zero(line.unitPrice().currency());
    for (HeldUnits place : places) {
      OrderLine part = line.part(new Quantity(place.quantity()), taken, takenTax);
      taken += place.quantity();
      takenTax = takenTax.plus(part.taxAmount());
      parts.add(held(part, place.location()));
    }
    return parts;
  }

  static HeldItem held(OrderLine part, String location) {
    return new HeldItem(
        part.productId(),
        part.sku(),
        part.name(),
        part.quantity().value(),
        part.unitPrice(),
        part.total(),
        location);
  }

  private static @Nullable Money tax(List<OrderLine> lines) {
    return OrderTax.of(lines).map(OrderTax::tax).orElse(null);
  }

  private static void requireAny(List<OrderLine> lines) {
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("an order has at least 1 line, had 0");
    }
  }

  private static String from(Step step) {
    return requireNonNull(step.from(), "only a step to PENDING may begin an order").name();
  }

  private static @Nullable String name(@Nullable OrderStatus status) {
    return status == null ? null : status.name();
  }
}
