package dev.reserva.inventory.domain;

import java.util.UUID;

/**
 * Units of a product that one location holds for an order.
 *
 * @param quantity 1 or more
 */
public record Held(UUID productId, LocationCode location, int quantity) {

  public Held {
    if (quantity < 1) {
      throw new IllegalArgumentException("quantity must be 1 or more, was " + quantity);
    }
  }
}
