package dev.reserva.inventory.domain;

/** Available stock fell to or below a threshold that it was above before. */
public sealed interface ThresholdCrossing {

  StockLevel level();

  /** It fell to the product's minimum or below. */
  record RanLow(StockLevel level) implements ThresholdCrossing {}

  /** It fell to zero. */
  record Depleted(StockLevel level) implements ThresholdCrossing {}
}
