package dev.reserva.inventory.domain;

/**
 * Available stock of a product, at all of its locations together, fell to or below a threshold that
 * it was above before.
 */
public sealed interface ThresholdCrossing {

  ProductStock stock();

  /** It fell to the product's minimum or below. */
  record RanLow(ProductStock stock) implements ThresholdCrossing {}

  /** It fell to zero. */
  record Depleted(ProductStock stock) implements ThresholdCrossing {}
}
