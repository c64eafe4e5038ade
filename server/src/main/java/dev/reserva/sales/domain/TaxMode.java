package dev.reserva.sales.domain;

/** Whether the prices of a shop contain the tax. */
public enum TaxMode {
  /** The buyer pays the price. The tax is a part of it. */
  INCLUDED,
  /** The buyer pays the price and the tax. */
  ADDED;

  public static TaxMode ofIncluded(boolean included) {
    return included ? INCLUDED : ADDED;
  }
}
