package dev.reserva.contracts;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Facts of the logistics service; keyed by order. Each tells how its shipment is now, and what is
 * left to do for its order:
 *
 * <ul>
 *   <li>{@code openUnits}: units of the order that have not left
 *   <li>{@code openShipments}: shipments of the order that are being prepared or under way
 *   <li>{@code revision}: grows with each fact about the shipments of the order, so that a reader
 *       can ignore a repeated one
 * </ul>
 */
public sealed interface LogisticsEvent {

  UUID shipmentId();

  UUID orderId();

  UUID customerId();

  /** Where the goods are held, such as {@link Locations#MAIN}. */
  String location();

  int openUnits();

  int openShipments();

  int revision();

  /**
   * @param quantity at least 1
   */
  record Line(UUID productId, int quantity) {}

  /**
   * {@code logistics.shipment.created}: the shipment is to be prepared.
   *
   * @param lines the goods that it is to contain
   */
  record ShipmentCreated(
      UUID shipmentId,
      UUID orderId,
      UUID customerId,
      String location,
      List<Line> lines,
      int openUnits,
      int openShipments,
      int revision)
      implements LogisticsEvent {
    public ShipmentCreated {
      lines = List.copyOf(lines);
    }
  }

  /**
   * {@code logistics.shipment.dispatched}: the carrier has the goods.
   *
   * @param lines the goods that have left
   */
  record ShipmentDispatched(
      UUID shipmentId,
      UUID orderId,
      UUID customerId,
      String location,
      List<Line> lines,
      @Nullable String carrier,
      @Nullable String trackingCode,
      int openUnits,
      int openShipments,
      int revision)
      implements LogisticsEvent {
    public ShipmentDispatched {
      lines = List.copyOf(lines);
    }
  }

  /**
   * {@code logistics.shipment.delivered}: the goods have arrived.
   *
   * @param lines the goods that have arrived, while others of the order have not; absent otherwise
   */
  record ShipmentDelivered(
      UUID shipmentId,
      UUID orderId,
      UUID customerId,
      String location,
      @Nullable List<Line> lines,
      int openUnits,
      int openShipments,
      int revision)
      implements LogisticsEvent {
    public ShipmentDelivered {
      lines = lines == null ? null : List.copyOf(lines);
    }
  }

  /**
   * {@code logistics.shipment.cancelled}: its order was cancelled before the goods left.
   *
   * @param lines the goods that stay
   */
  record ShipmentCancelled(
      UUID shipmentId,
      UUID orderId,
      UUID customerId,
      String location,
      List<Line> lines,
      int openUnits,
      int openShipments,
      int revision)
      implements LogisticsEvent {
    public ShipmentCancelled {
      lines = List.copyOf(lines);
    }
  }

  /**
   * {@code logistics.shipment.returned}: its order was cancelled after the goods had left, so they
   * come back.
   *
   * @param lines the goods that come back
   */
  record ShipmentReturned(
      UUID shipmentId,
      UUID orderId,
      UUID customerId,
      String location,
      List<Line> lines,
      int openUnits,
      int openShipments,
      int revision)
      implements LogisticsEvent {
    public ShipmentReturned {
      lines = List.copyOf(lines);
    }
  }
}
