package dev.reserva.inventory.domain;

import java.util.List;
import java.util.UUID;

/** The outcome of a change of a product's physical stock. */
public sealed interface AdjustOutcome {

  /**
   * @param level after the change
   * @param change not 0
   */
  record Adjusted(StockLevel level, LedgerKind kind, int change, List<ThresholdCrossing> crossings)
      implements AdjustOutcome {}

  /**
   * The safety stock changed.
   *
   * @param level after the change
   */
  record KeptBack(StockLevel level, int safetyStockBefore, List<ThresholdCrossing> crossings)
      implements AdjustOutcome {}

  /** The stock is that already. Nothing changed. */
  record Unchanged(StockLevel level) implements AdjustOutcome {}

  /** The stock would be less than what is reserved. Nothing changed. */
  record BelowReserved(StockLevel level, int requested) implements AdjustOutcome {}

  /** The stock would exceed {@link Integer#MAX_VALUE}. Nothing changed. */
  record TooMuch(StockLevel level, int added) implements AdjustOutcome {}

  /** There is no such product. */
  record UnknownProduct(UUID productId) implements AdjustOutcome {}

  /** There is no such location. */
  record UnknownLocation(LocationCode location) implements AdjustOutcome {}
}
