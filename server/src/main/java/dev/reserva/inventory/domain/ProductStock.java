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
 * @param backorder whether orders may wait for stock
 * @param levels by priority of their locations; each location once
 */
public record ProductStock(
    UUID productId,
    String sku,
    int minStock,
    boolean active,
    Backorder backorder,
    List<StockLevel> levels) {

  /** No order may wait for stock. */
  public ProductStock(
      UUID productId, String sku, int minStock, boolean active, List<StockLevel> levels) {
    this(productId, sku, minStock, active, Backorder.DENIED, levels);
  }

  public ProductStock {
    if (levels.size() > 1) {
      List<StockLevel> sorted = new ArrayList<>(levels);
      sorted.sort(Comparator.comparing(StockLevel::place, Place.BY_PRIORITY));
      levels = sorted;
    }
    levels = List.copyOf(levels);
  }

  /**
   * What new orders can reserve at all locations together; at most {@link Integer#MAX_VALUE}. What
   * other orders wait for is theirs.
   */
  public int available() {
    return Math.clamp(sum() - awaited(), 0, Integer.MAX_VALUE);
  }

  /** What orders can be served with that wait for the product. */
  public int availableToWaiting() {
    return (int) Math.min(Integer.MAX_VALUE, sum());
  }

  /** Units that orders wait for. */
  public int awaited() {
    int awaited = 0;
    for (StockLevel level : levels) {
      awaited += level.awaited();
    }
    return awaited;
  }

  private long sum() {
    long sum = 0;
    for (StockLevel level : levels) {
      sum += level.available();
    }
    return sum;
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
    return new ProductStock(productId, sku, minStock, active, backorder, all);
  }

  ProductStock with(StockLevel changed) {
    return new ProductStock(
        productId,
        sku,
        minStock,
        active,
        backorder,
        levels.stream()
            .map(level -> level.location().equals(changed.location()) ? changed : level)
            .toList());
  }
}
