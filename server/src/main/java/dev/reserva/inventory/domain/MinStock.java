package dev.reserva.inventory.domain;

/**
 * Available stock at or below which a product runs low.
 *
 * @param value 0..{@link Integer#MAX_VALUE}
 */
public record MinStock(int value) {

  public static final MinStock NONE = new MinStock(0);

  public MinStock {
    if (value < 0) {
      throw new IllegalArgumentException("minStock must be 0 or more, was " + value);
    }
  }
}
