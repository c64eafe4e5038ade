package dev.reserva.inventory.domain;

import java.util.UUID;

/**
 * The physical and the reserved quantity of a product.
 *
 * @param minStock available stock at or below which it runs low
 * @param active whether the product can be ordered
 * @param physical quantity in the warehouse, 0 or more
 * @param reserved quantity held by open reservations, 0..physical
 */
public record StockLevel(
    UUID productId, String sku, int minStock, boolean active, int physical, int reserved) {

  public StockLevel {
    if (reserved < 0 || reserved > physical) {
      throw new IllegalArgumentException(
          "reserved must be 0..%d (physical stock of %s), was %d"
              .formatted(physical, productId, reserved));
    }
  }

  /** The quantity that can be reserved. */
  public int available() {
    return physical - reserved;
  }

  /**
   * @throws ArithmeticException if a sum exceeds {@link Integer#MAX_VALUE}
   * @throws IllegalArgumentException if 0 ≤ reserved ≤ physical would not hold
   */
  StockLevel changed(int physicalChange, int reservedChange) {
    return new StockLevel(
        productId,
        sku,
        minStock,
        active,
        Math.addExact(physical, physicalChange),
        Math.addExact(reserved, reservedChange));
  }
}
