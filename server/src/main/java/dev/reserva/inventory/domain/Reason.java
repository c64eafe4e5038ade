package dev.reserva.inventory.domain;

import dev.reserva.contracts.Text;

/** Why stock was changed, as the person who changed it wrote. 1..500 characters. */
public record Reason(String value) {

  public Reason {
    value = Text.lines("reason", value, 1, 500);
  }
}
