package dev.reserva.inventory.domain;

import java.util.UUID;

/**
 * The physical and the reserved quantity of a product at one location.
 *
 * @param safetyStock physical stock that orders may not reserve, 0 or more
 * @param physical quantity at the location, 0 or more
 * @param reserved quantity held by open reservations, 0..physical
 */
public record StockLevel(UUID productId, Place place, int safetyStock, int physical, int reserved) {

  public StockLevel {
    if (reserved < 0 || reserved > physical) {
      throw new IllegalArgumentException(
          "reserved must be 0..%d (physical stock of %s at %s), was %d"
              .formatted(physical, productId, place.code(), reserved));
    }
    if (safetyStock < 0) {
      throw new IllegalArgumentException("safetyStock must be 0 or more, was " + safetyStock);
    }
  }

  public LocationCode location() {
    return place.code();
  }

  /** The quantity that orders can reserve. None at a location that is not active. */
  public int available() {
    return place.active() ? Math.max(0, physical - reserved - safetyStock) : 0;
  }

  /** The quantity that no order holds, whether orders can reserve it or not. */
  public int unheld() {
    return physical - reserved;
  }

  /**
   * @throws ArithmeticException if a sum exceeds {@link Integer#MAX_VALUE}
   * @throws IllegalArgumentException if 0 ≤ reserved ≤ physical would not hold
   */
  StockLevel changed(int physicalChange, int reservedChange) {
    return new StockLevel(
        productId,
        place,
        safetyStock,
        Math.addExact(physical, physicalChange),
        Math.addExact(reserved, reservedChange));
  }

  StockLevel keeping(int newSafetyStock) {
    return new StockLevel(productId, place, newSafetyStock, physical, reserved);
  }
}
