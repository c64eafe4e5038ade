package dev.reserva.inventory.domain;

import java.util.List;
import java.util.UUID;

/** What came of changing a product's physical stock. */
public sealed interface Adjusting {

  /**
   * @param level after the change
   * @param change not 0
   */
  record Adjusted(StockLevel level, LedgerKind kind, int change, List<Crossing> crossings)
      implements Adjusting {}

  /** It was so already. */
  record Unchanged(StockLevel level) implements Adjusting {}

  /** There would be less than what is reserved. */
  record BelowReserved(StockLevel level, int requested) implements Adjusting {}

  /** There would be more than can be counted, {@link Integer#MAX_VALUE}. */
  record TooMuch(StockLevel level, int added) implements Adjusting {}

  /** There is no such product. */
  record UnknownProduct(UUID productId) implements Adjusting {}
}
