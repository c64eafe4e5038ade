package dev.reserva.logistics.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.logistics.application.Shipments;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.logistics.domain.ShipmentStatus;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.timeline.OrderTraces;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps of the shipments of an order. */
public final class ShipmentTraces implements OrderTraces {

  private final Shipments shipments;
  private final Transactions transactions;

  public ShipmentTraces(Shipments shipments, Transactions transactions) {
    this.shipments = shipments;
    this.transactions = transactions;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Parcel(
      UUID shipmentId,
      String location,
      String status,
      int units,
      @Nullable String carrier,
      @Nullable String trackingCode) {}

  @Override
  public String service() {
    return "logistics";
  }

  @Override
  public List<Trace> of(UUID orderId, int limit) {
    var filter = new Shipments.Filter(orderId, null, null, null);
    return transactions.snapshot(tx -> shipments.list(filter, null, limit, tx)).stream()
        .flatMap(ShipmentTraces::steps)
        .limit(limit)
        .toList();
  }

  private static Stream<Trace> steps(Shipment shipment) {
    boolean returned = shipment.status() == ShipmentStatus.RETURNED;
    return Stream.of(
            step(shipment, shipment.createdAt(), "created", "is to be prepared"),
            step(shipment, shipment.dispatchedAt(), "dispatched", "left"),
            step(shipment, shipment.deliveredAt(), "delivered", "arrived"),
            step(
                shipment,
                shipment.endedAt(),
                returned ? "returned" : "cancelled",
                returned ? "comes back" : "was cancelled"))
        .flatMap(step -> step);
  }

  private static Stream<Trace> step(
      Shipment shipment, @Nullable Instant at, String what, String told) {
    return at == null
        ? Stream.empty()
        : Stream.of(
            new Trace(
                at,
                Kind.SHIPMENT,
                shipment.id().toString(),
                "logistics.shipment." + what,
                null,
                null,
                "Shipment %d of %d units from %s %s."
                    .formatted(shipment.part(), shipment.units(), shipment.location().code(), told),
                new Parcel(
                    shipment.id(),
                    shipment.location().code(),
                    shipment.status().name(),
                    shipment.units(),
                    shipment.carriage().carrier(),
                    shipment.carriage().trackingCode())));
  }
}
