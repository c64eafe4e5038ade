package dev.reserva.inventory.domain;

import dev.reserva.contracts.Text;
import org.jspecify.annotations.Nullable;

/** What there is to say about a product. 0..4,000 characters; none when empty. */
public record Description(String value) {

  public static final Description NONE = new Description("");

  public Description {
    value = Text.lines("description", value, 0, 4_000);
  }

  public @Nullable String orNull() {
    return value.isEmpty() ? null : value;
  }
}
