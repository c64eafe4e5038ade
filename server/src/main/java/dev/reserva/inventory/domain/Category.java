package dev.reserva.inventory.domain;

import dev.reserva.contracts.Text;
import org.jspecify.annotations.Nullable;

/** What a product is grouped by. 0..100 characters; none when empty. */
public record Category(String value) {

  public static final Category NONE = new Category("");

  public Category {
    value = Text.lines("category", value, 0, 100);
  }

  public @Nullable String orNull() {
    return value.isEmpty() ? null : value;
  }
}
