package dev.reserva.logistics.domain;

/**
 * Units of a product that a command names.
 *
 * @param value 1..{@value #MAX}
 */
public record Quantity(int value) {

  public static final int MAX = 1_000_000;

  public Quantity {
    if (value < 1 || value > MAX) {
      throw new IllegalArgumentException("quantity must be 1..%d, was %d".formatted(MAX, value));
    }
  }
}
