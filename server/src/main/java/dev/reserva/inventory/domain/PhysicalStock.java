package dev.reserva.inventory.domain;

/**
 * The quantity in the warehouse.
 *
 * @param value 0..{@link Integer#MAX_VALUE}
 */
public record PhysicalStock(int value) {

  public PhysicalStock {
    if (value < 0) {
      throw new IllegalArgumentException("stock must be 0 or more, was " + value);
    }
  }
}
