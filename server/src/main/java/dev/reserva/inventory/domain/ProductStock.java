package dev.reserva.inventory.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The stock of a product at all of its locations.
 *
 * @param minStock available stock of all locations together at or below which the product runs low
 * @param active whether the product can be ordered
 * @param levels by priority of their locations; each location once
 */
public record ProductStock(
    UUID productId, String sku, int minStock, boolean active, List<StockLevel> levels) {

  public ProductStock {
    if (levels.size() > 1) {
      List<StockLevel> sorted = new ArrayList<>(levels);
      sorted.sort(Comparator.comparing(StockLevel::place, Place.BY_PRIORITY));
      levels = sorted;
    }
    levels = List.copyOf(levels);
  }

  /** What orders can reserve at all locations together; at most {@link Integer#MAX_VALUE}. */
  public int available() {
    long sum = 0;
    for (StockLevel level : levels) {
      sum += level.available();
    }
    return (int) Math.min(Integer.MAX_VALUE, sum);
  }

  public Optional<StockLevel> at(LocationCode location) {
    for (StockLevel level : levels) {
      if (level.location().equals(location)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** What orders can reserve at a location; 0 where it has none. */
  public int availableAt(LocationCode location) {
    return at(location).map(StockLevel::available).orElse(0);
  }

  /** With the level of another location. */
  public ProductStock and(StockLevel level) {
    List<StockLevel> all = new ArrayList<>(levels);
    all.add(level);
    return new ProductStock(productId, sku, minStock, active, all);
  }

  ProductStock with(StockLevel changed) {
    return new ProductStock(
        productId,
        sku,
        minStock,
        active,
        levels.stream()
            .map(level -> level.location().equals(changed.location()) ? changed : level)
            .toList());
  }
}
