package dev.reserva.inventory.domain;

import dev.reserva.contracts.Text;
import org.jspecify.annotations.Nullable;

/** A product's description. 0..4,000 characters; an empty text means none. */
public record Description(String value) {

  public static final Description NONE = new Description("");

  public Description {
    value = Text.lines("description", value, 0, 4_000);
  }

  public @Nullable String orNull() {
    return value.isEmpty() ? null : value;
  }
}
