package dev.reserva.inventory.domain;

import java.util.UUID;

/**
 * A quantity of one product.
 *
 * @param quantity 1 or more
 */
public record Line(UUID productId, int quantity) {

  public Line {
    if (productId == null) { // an event that somebody published by hand may lack it
      throw new IllegalArgumentException("productId is required");
    }
    if (quantity < 1) {
      throw new IllegalArgumentException("quantity must be 1 or more, was " + quantity);
    }
  }
}
