package dev.reserva.sales.domain;

import java.util.UUID;

/**
 * A part of a bundle, as the bundle and the part were when the bundle was ordered.
 *
 * @param sku by which the warehouse picks it
 * @param quantity units in one bundle, 1 or more
 */
public record Part(UUID productId, String sku, String name, int quantity) {

  public Part {
    if (quantity < 1) {
      throw new IllegalArgumentException("quantity must be 1 or more, was " + quantity);
    }
  }
}
