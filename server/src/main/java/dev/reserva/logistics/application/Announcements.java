package dev.reserva.logistics.application;

import dev.reserva.contracts.LogisticsEvent;
import dev.reserva.contracts.LogisticsEvent.Line;
import dev.reserva.contracts.LogisticsEvent.ShipmentCancelled;
import dev.reserva.contracts.LogisticsEvent.ShipmentCreated;
import dev.reserva.contracts.LogisticsEvent.ShipmentDelivered;
import dev.reserva.contracts.LogisticsEvent.ShipmentDispatched;
import dev.reserva.contracts.LogisticsEvent.ShipmentReturned;
import dev.reserva.logistics.domain.Move;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;

/** Publishes the moves of shipments, one event for each. */
final class Announcements {

  private Announcements() {}

  static void moves(List<Move> moves, Cause cause, UnitOfWork tx) {
    moves.forEach(move -> tx.publish(event(move), cause));
  }

  private static LogisticsEvent event(Move move) {
    Shipment it = move.shipment();
    String location = it.location().code();
    return switch (it.status()) {
      case PREPARING ->
          new ShipmentCreated(
              it.id(),
              it.orderId(),
              it.customerId(),
              location,
              lines(it),
              move.openUnits(),
              move.openShipments(),
              move.revision());
      case DISPATCHED ->
          new ShipmentDispatched(
              it.id(),
              it.orderId(),
              it.customerId(),
              location,
              lines(it),
              it.carriage().carrier(),
              it.carriage().trackingCode(),
              move.openUnits(),
              move.openShipments(),
              move.revision());
      case DELIVERED ->
          new ShipmentDelivered(
              it.id(),
              it.orderId(),
              it.customerId(),
              location,
              move.openUnits() + move.openShipments() == 0 ? null : lines(it),
              move.openUnits(),
              move.openShipments(),
              move.revision());
      case CANCELLED ->
          new ShipmentCancelled(
              it.id(),
              it.orderId(),
              it.customerId(),
              location,
              lines(it),
              move.openUnits(),
              move.openShipments(),
              move.revision());
      case RETURNED ->
          new ShipmentReturned(
              it.id(),
              it.orderId(),
              it.customerId(),
              location,
              lines(it),
              move.openUnits(),
              move.openShipments(),
              move.revision());
    };
  }

  private static List<Line> lines(Shipment shipment) {
    return shipment.lines().stream()
        .map(line -> new Line(line.productId(), line.quantity()))
        .toList();
  }
}
