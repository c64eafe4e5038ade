package dev.reserva.inventory.domain;

import dev.reserva.contracts.Text;

/** A search text. 1..200 characters. */
public record SearchText(String value) {

  public SearchText {
    value = Text.lines("q", value, 1, 200);
  }
}
