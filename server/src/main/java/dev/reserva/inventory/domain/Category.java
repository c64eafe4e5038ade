package dev.reserva.inventory.domain;

import dev.reserva.contracts.Text;
import org.jspecify.annotations.Nullable;

/** A product's category. 0..100 characters; an empty text means none. */
public record Category(String value) {

  public static final Category NONE = new Category("");

  public Category {
    value = Text.lines("category", value, 0, 100);
  }

  public @Nullable String orNull() {
    return value.isEmpty() ? null : value;
  }
}
