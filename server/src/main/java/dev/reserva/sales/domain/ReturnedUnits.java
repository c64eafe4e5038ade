package dev.reserva.sales.domain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What shall come back of an order.
 *
 * @param quantities units by product; empty for everything that has not come back
 */
public record ReturnedUnits(Map<UUID, Long> quantities) {

  public static final ReturnedUnits EVERYTHING = new ReturnedUnits(Map.of());

  public ReturnedUnits {
    quantities = Map.copyOf(quantities);
  }

  /** Named units of a product. */
  public record Units(UUID productId, Quantity quantity) {}

  /**
   * The same product twice is summed.
   *
   * @param named at least one
   */
  public static ReturnedUnits of(List<Units> named) {
    Map<UUID, Long> quantities = new LinkedHashMap<>();
    named.forEach(
        units -> quantities.merge(units.productId(), (long) units.quantity().value(), Long::sum));
    return new ReturnedUnits(quantities);
  }

  boolean isEverything() {
    return quantities.isEmpty();
  }
}
