package dev.reserva.inventory.domain;

/**
 * A received quantity.
 *
 * @param value 1..{@link Integer#MAX_VALUE}
 */
public record Quantity(int value) {

  public Quantity {
    if (value < 1) {
      throw new IllegalArgumentException("quantity must be 1 or more, was " + value);
    }
  }
}
