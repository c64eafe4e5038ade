package dev.reserva.inventory.domain;

import java.util.UUID;

/**
 * The physical and the reserved quantity of a product at one location.
 *
 * @param safetyStock physical stock that orders may not reserve, 0 or more
 * @param physical quantity at the location, 0 or more
 * @param reserved quantity held by open reservations, 0..physical
 * @param awaited units of the product that orders wait for, wherever they will be held. Counted at
 *     the default location, 0 elsewhere
 */
public record StockLevel(
    UUID productId, Place place, int safetyStock, int physical, int reserved, int awaited) {

  /** No order waits. */
  public StockLevel(UUID productId, Place place, int safetyStock, int physical, int reserved) {
    this(productId, place, safetyStock, physical, reserved, 0);
  }

  public StockLevel {
    if (reserved < 0 || reserved > physical) {
      throw new IllegalArgumentException(
          "reserved must be 0..%d (physical stock of %s at %s), was %d"
              .formatted(physical, productId, place.code(), reserved));
    }
    if (safetyStock < 0) {
      throw new IllegalArgumentException("safetyStock must be 0 or more, was " + safetyStock);
    }
    if (awaited < 0) {
      throw new IllegalArgumentException("awaited must be 0 or more, was " + awaited);
    }
  }

  public LocationCode location() {
    return place.code();
  }

  /**
   * The quantity that orders can be served with. None at a location that is not active. Orders that
   * wait for the product come first.
   */
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
        Math.addExact(reserved, reservedChange),
        awaited);
  }

  StockLevel keeping(int newSafetyStock) {
    return new StockLevel(productId, place, newSafetyStock, physical, reserved, awaited);
  }

  /**
   * @throws ArithmeticException if the sum exceeds {@link Integer#MAX_VALUE}
   */
  StockLevel awaiting(int change) {
    return new StockLevel(
        productId, place, safetyStock, physical, reserved, Math.addExact(awaited, change));
  }
}
