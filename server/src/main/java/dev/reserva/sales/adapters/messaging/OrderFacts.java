package dev.reserva.sales.adapters.messaging;

import dev.reserva.contracts.FinancialEvent;
import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.Locations;
import dev.reserva.contracts.LogisticsEvent;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.sales.application.FollowOrders.OrderFact;
import dev.reserva.sales.domain.AwaitedUnits;
import dev.reserva.sales.domain.Fact;
import dev.reserva.sales.domain.HeldUnits;
import dev.reserva.sales.domain.Payment;
import dev.reserva.sales.domain.PaymentMethod;
import dev.reserva.sales.domain.Shipment;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the events of other services mean for an order. */
final class OrderFacts {

  private OrderFacts() {}

  /**
   * @throws Unprocessable if the event says what sales cannot read, or is not about an order
   */
  static OrderFact of(Message message, InventoryEvent event) {
    return switch (event) {
      case InventoryEvent.StockReserved reserved ->
          fact(
              message,
              reserved.orderId(),
              new Fact.StockReserved(
                  reserved.reservationId(),
                  reserved.expiresAt(),
                  held(reserved.lines()),
                  awaited(reserved.awaited())));
      case InventoryEvent.StockAllocated allocated ->
          fact(
              message,
              allocated.orderId(),
              new Fact.StockAllocated(
                  allocated.reservationId(),
                  held(allocated.lines()),
                  awaited(allocated.awaited())));
      case InventoryEvent.StockExtended extended ->
          fact(
              message,
              extended.orderId(),
              new Fact.StockExtended(extended.reservationId(), extended.expiresAt()));
      case InventoryEvent.StockInsufficient insufficient ->
          fact(
              message,
              insufficient.orderId(),
              new Fact.StockInsufficient(!insufficient.unknownProducts().isEmpty()));
      case InventoryEvent.StockConfirmed confirmed ->
          fact(
              message,
              confirmed.orderId(),
              new Fact.StockConfirmed(confirmed.reservationId(), held(confirmed.lines())));
      case InventoryEvent.StockReleased released ->
          fact(
              message,
              released.orderId(),
              new Fact.StockReleased(released.reservationId(), why(message, released)));
      case InventoryEvent.StockConfirmationFailed failed ->
          fact(message, failed.orderId(), new Fact.StockConfirmationFailed());
      case InventoryEvent.ProductCreated _ -> throw SalesMessages.unexpected(message);
      case InventoryEvent.ProductUpdated _ -> throw SalesMessages.unexpected(message);
      case InventoryEvent.ProductDiscontinued _ -> throw SalesMessages.unexpected(message);
      case InventoryEvent.LocationCreated _ -> throw SalesMessages.unexpected(message);
      case InventoryEvent.LocationUpdated _ -> throw SalesMessages.unexpected(message);
      case InventoryEvent.StockTransferred _ -> throw SalesMessages.unexpected(message);
      case InventoryEvent.StockAdjusted _ -> throw SalesMessages.unexpected(message);
      case InventoryEvent.StockLow _ -> throw SalesMessages.unexpected(message);
      case InventoryEvent.StockDepleted _ -> throw SalesMessages.unexpected(message);
    };
  }

  /**
   * @throws Unprocessable if the event says what sales cannot read, or sales does not hear it
   */
  static OrderFact of(Message message, FinancialEvent event) {
    return fact(message, event.orderId(), fact(message, event));
  }

  private static Fact fact(Message message, FinancialEvent event) {
    return switch (event) {
      case FinancialEvent.PaymentPending pending ->
          new Fact.PaymentPending(
              pending.paymentId(), instructions(message, pending), pending.replaces());
      case FinancialEvent.PaymentApproved approved ->
          new Fact.PaymentApproved(approved.paymentId(), approved.amount());
      case FinancialEvent.PaymentFailed failed ->
          failed.triesLeft() == null
              ? new Fact.PaymentFailed(failed.paymentId())
              : new Fact.PaymentDeclined(failed.paymentId(), failed.replaces());
      case FinancialEvent.PaymentCancelled cancelled ->
          new Fact.PaymentCancelled(cancelled.paymentId());
      case FinancialEvent.PaymentRefunded refunded ->
          new Fact.PaymentRefunded(refunded.paymentId(), refunded.whole());
      case FinancialEvent.PaymentRequested _ -> throw SalesMessages.unexpected(message);
      case FinancialEvent.PaymentProcessing _ -> throw SalesMessages.unexpected(message);
      case FinancialEvent.ReturnRefunded _ -> throw SalesMessages.unexpected(message);
      case FinancialEvent.ReceivableOpened _ -> throw SalesMessages.unexpected(message);
      case FinancialEvent.ReceivableSettled _ -> throw SalesMessages.unexpected(message);
      case FinancialEvent.ReceivableCancelled _ -> throw SalesMessages.unexpected(message);
    };
  }

  static OrderFact of(Message message, LogisticsEvent event) {
    return fact(message, event.orderId(), moved(event));
  }

  private static Fact moved(LogisticsEvent event) {
    Shipment.Status status =
        switch (event) {
          case LogisticsEvent.ShipmentCreated _ -> Shipment.Status.PREPARING;
          case LogisticsEvent.ShipmentDispatched _ -> Shipment.Status.DISPATCHED;
          case LogisticsEvent.ShipmentDelivered _ -> Shipment.Status.DELIVERED;
          case LogisticsEvent.ShipmentCancelled _ -> Shipment.Status.CANCELLED;
          case LogisticsEvent.ShipmentReturned _ -> Shipment.Status.RETURNED;
        };
    return new Fact.ShipmentMoved(
        event.shipmentId(), status, event.openUnits(), event.openShipments(), event.revision());
  }

  /** The lines by location, if any is not at the default one. */
  private static List<HeldUnits> held(List<InventoryEvent.Line> lines) {
    return lines.stream().allMatch(line -> line.location() == null)
        ? List.of()
        : lines.stream()
            .map(line ->
                new HeldUnits(
                    line.productId(),
                    Objects.requireNonNullElse(line.location(), Locations.MAIN),
                    line.quantity()))
            .toList();
  }

  private static List<AwaitedUnits> awaited(@Nullable List<InventoryEvent.Awaited> awaited) {
    return awaited == null
        ? List.of()
        : awaited.stream()
            .map(units -> new AwaitedUnits(units.productId(), units.quantity(), units.expectedAt()))
            .toList();
  }

  private static Fact.Release why(Message message, InventoryEvent.StockReleased released) {
    return switch (released.reason()) {
      case "cancelled" -> Fact.Release.CANCELLED;
      case "expired" -> Fact.Release.EXPIRED;
      case "manual" -> Fact.Release.MANUAL;
      default ->
          throw new Unprocessable(
              "reason of %s must be cancelled, expired or manual, was \"%s\""
                  .formatted(message.type(), released.reason()));
    };
  }

  private static Payment.Instructions instructions(
      Message message, FinancialEvent.PaymentPending pending) {
    try {
      return new Payment.Instructions(
          PaymentMethod.ofWire(pending.method()), pending.code(), pending.dueAt());
    } catch (IllegalArgumentException e) {
      throw new Unprocessable(
          "method of %s %s, was \"%s\"".formatted(message.type(), e.getMessage(), pending.method()),
          e);
    }
  }

  private static OrderFact fact(Message message, UUID orderId, Fact fact) {
    return new OrderFact(orderId, fact, message.cause());
  }
}
