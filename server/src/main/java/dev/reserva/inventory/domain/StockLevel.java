package dev.reserva.inventory.domain;

import java.util.UUID;

/**
 * How much there is of a product, and how much of it is spoken for.
 *
 * @param minStock available stock at or below which it runs low
 * @param active whether the product can be ordered
 * @param physical what stands in the warehouse, 0 or more
 * @param reserved what of it is held by open reservations, 0..physical
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

  /** What can still be reserved. */
  public int available() {
    return physical - reserved;
  }

  /**
   * @throws ArithmeticException when the sum exceeds {@link Integer#MAX_VALUE}
   * @throws IllegalArgumentException when 0 ≤ reserved ≤ physical would no longer hold
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
