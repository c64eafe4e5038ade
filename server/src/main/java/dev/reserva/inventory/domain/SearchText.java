package dev.reserva.inventory.domain;

import dev.reserva.contracts.Text;

/** What somebody looks for. 1..200 characters. */
public record SearchText(String value) {

  public SearchText {
    value = Text.lines("q", value, 1, 200);
  }
}
