package dev.reserva.inventory.domain;

import dev.reserva.contracts.TaxRate;
import org.jspecify.annotations.Nullable;

/** A product's tax rate, or none. */
public record ProductTaxRate(@Nullable TaxRate orNull) {

  public static final ProductTaxRate NONE = new ProductTaxRate(null);

  /**
   * A rate as somebody typed it; an empty text means none.
   *
   * @throws IllegalArgumentException if it is anything else than a decimal such as {@code 0.19}
   */
  public static ProductTaxRate parse(String typed) {
    return typed.isBlank() ? NONE : new ProductTaxRate(TaxRate.parse(typed.strip()));
  }

  /** As {@link #parse} reads it. */
  public @Nullable String textOrNull() {
    return orNull == null ? null : orNull.toString();
  }
}
