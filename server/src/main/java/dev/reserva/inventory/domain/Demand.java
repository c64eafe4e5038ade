package dev.reserva.inventory.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiPredicate;

/**
 * What becomes of the lines of an order.
 *
 * @param served lines whose stock is available
 * @param awaited lines that wait for stock
 * @param shortages lines whose stock is short and that may not wait
 * @param unknown products that do not exist
 * @param inactive products that can no longer be ordered
 */
record Demand(
    List<Line> served,
    List<Awaited> awaited,
    List<Shortage> shortages,
    List<UUID> unknown,
    List<UUID> inactive) {

  /**
   * @param mayWait whether a line may wait for its product
   */
  static Demand of(
      Basket basket, Shelves shelves, BiPredicate<Line, ProductStock> mayWait, Instant now) {
    var demand =
        new Demand(
            new ArrayList<>(basket.lines().size()),
            new ArrayList<>(0),
            new ArrayList<>(0),
            new ArrayList<>(0),
            new ArrayList<>(0));
    for (Line line : basket.lines()) {
      ProductStock stock = shelves.find(line.productId());
      if (stock == null) {
        demand.unknown.add(line.productId());
      } else if (!stock.active()) {
        demand.inactive.add(line.productId());
      } else {
        demand.add(line, stock, mayWait, now);
      }
    }
    return demand;
  }

  private void add(
      Line line, ProductStock stock, BiPredicate<Line, ProductStock> mayWait, Instant now) {
    boolean isShort = line.quantity() > stock.available();
    if ((isShort || stock.backorder().isBeforeRelease(now)) && mayWait.test(line, stock)) {
      awaited.add(new Awaited(line.productId(), line.quantity(), stock.backorder().expectedAt()));
    } else if (isShort) {
      shortages.add(new Shortage(line.productId(), line.quantity(), stock.available()));
    } else {
      served.add(line);
    }
  }

  /** Whether every line is served or waits. */
  boolean canBeMet() {
    return shortages.isEmpty() && unknown.isEmpty() && inactive.isEmpty();
  }
}
