package dev.reserva.inventory.domain;

import dev.reserva.contracts.Text;
import org.jspecify.annotations.Nullable;

/** What a product is for the tax, as a system for taxes names it; an empty text means none. */
public record TaxCode(String value) {

  public static final TaxCode NONE = new TaxCode("");

  public static final int MAX_LENGTH = 50;

  public TaxCode {
    value = Text.line("taxCode", value, 0, MAX_LENGTH);
  }

  public @Nullable String orNull() {
    return value.isEmpty() ? null : value;
  }
}
