package dev.reserva.inventory.domain;

/**
 * Physical stock of a location that orders may not reserve.
 *
 * @param value 0..{@link Integer#MAX_VALUE}
 */
public record SafetyStock(int value) {
  public SafetyStock {
    if (value < 0) {
      throw new IllegalArgumentException("safetyStock must be 0 or more, was " + value);
    }
  }
}
