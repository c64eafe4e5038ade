package dev.reserva.sales.domain;

import java.util.UUID;

/**
 * Units of a product that one location holds for an order.
 *
 * @param location code of the location
 * @param quantity 1 or more
 */
public record HeldUnits(UUID productId, String location, int quantity) {

  public HeldUnits {
    if (quantity < 1) {
      throw new IllegalArgumentException("quantity must be 1 or more, was " + quantity);
    }
  }
}
