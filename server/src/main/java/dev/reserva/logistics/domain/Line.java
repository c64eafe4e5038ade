package dev.reserva.logistics.domain;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Units of one product in a shipment.
 *
 * @param sku the product's code when it was ordered
 * @param name the product's name when it was ordered
 * @param ordered units of the product that the shipment's location holds for the order, in all of
 *     its shipments together
 * @param quantity 1..ordered
 */
public record Line(UUID productId, String sku, String name, int ordered, int quantity) {

  public Line {
    if (productId == null || sku == null || name == null) { // of an event by hand
      throw new IllegalArgumentException("a line needs productId, sku and name");
    }
    if (quantity < 1 || quantity > ordered) {
      throw new IllegalArgumentException(
          "quantity must be 1..%d, was %d".formatted(ordered, quantity));
    }
  }

  /** A line of an order, of which nothing has been shipped. */
  public static Line ordered(UUID productId, String sku, String name, int quantity) {
    return new Line(productId, sku, name, quantity, quantity);
  }

  /**
   * @throws IllegalArgumentException if a product is named twice
   */
  static void requireEachProductOnce(List<Line> lines) {
    Set<UUID> products = new HashSet<>();
    for (Line line : lines) {
      if (!products.add(line.productId())) {
        throw new IllegalArgumentException(
            "product %s must be named once, was named twice".formatted(line.productId()));
      }
    }
  }

  Line of(int units) {
    return new Line(productId, sku, name, ordered, units);
  }
}
