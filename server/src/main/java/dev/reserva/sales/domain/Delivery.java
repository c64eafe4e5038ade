package dev.reserva.sales.domain;

import java.util.Map;
import java.util.UUID;

/**
 * Goods of an order that have arrived while others of it have not.
 *
 * @param shipmentId the shipment that brought them
 * @param units by product, at least 1 of each
 */
public record Delivery(UUID shipmentId, UUID orderId, Map<UUID, Integer> units) {

  public Delivery {
    units = Map.copyOf(units);
    if (units.isEmpty() || units.values().stream().anyMatch(quantity -> quantity < 1)) {
      throw new IllegalArgumentException("units must be at least 1 of a product, were " + units);
    }
  }
}
