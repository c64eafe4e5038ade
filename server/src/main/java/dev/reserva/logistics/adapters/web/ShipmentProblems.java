package dev.reserva.logistics.adapters.web;

import dev.reserva.logistics.domain.DispatchOutcome;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.logistics.domain.ShipmentStatus;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Refusals of commands about shipments as problems, and the members that these have. */
final class ShipmentProblems {

  /** More are not named: a request may name 2,000 products. */
  private static final int MAX_NAMED = 100;

  private ShipmentProblems() {}

  /** Further members of the problem {@code shipment-state}. */
  record WrongState(
      @Schema(implementation = ShipmentStatus.class) String shipmentStatus,
      @Schema(implementation = ShipmentStatus.class) List<String> next) {}

  /** Further members of the problem {@code not-in-shipment}. */
  record NotInShipment(List<UUID> products) {}

  /** Further members of the problem {@code more-than-in-shipment}. */
  record TooMany(UUID productId, int requested, int available) {}

  static Problem noSuchShipment(UUID id) {
    return Problem.notFound("shipment", id);
  }

  static Problem wrongState(Shipment shipment) {
    List<String> next = shipment.status().next().stream().map(ShipmentStatus::name).toList();
    return Problem.conflict(
            "shipment-state",
            "The shipment's state does not allow this",
            "shipment %s is %s, %s"
                .formatted(
                    shipment.id(),
                    shipment.status(),
                    next.isEmpty()
                        ? "which is final"
                        : "which can only become " + String.join(", ", next)))
        .with("shipmentStatus", shipment.status().name())
        .with("next", next);
  }

  static Problem of(DispatchOutcome.NotInShipment outcome) {
    List<UUID> named = outcome.products().stream().limit(MAX_NAMED).toList();
    return Problem.impossible(
            "not-in-shipment",
            "A product is not in the shipment",
            "/lines must name products of shipment %s, named also %s"
                .formatted(
                    outcome.shipment().id(),
                    named.stream().limit(5).map(UUID::toString).collect(Collectors.joining(", "))))
        .with("products", named);
  }

  static Problem of(DispatchOutcome.TooMany outcome) {
    return Problem.impossible(
            "more-than-in-shipment",
            "More than the shipment has",
            "/lines must name at most %d units of product %s, named %d"
                .formatted(outcome.has(), outcome.productId(), outcome.named()))
        .with("productId", outcome.productId())
        .with("requested", outcome.named())
        .with("available", outcome.has());
  }
}
