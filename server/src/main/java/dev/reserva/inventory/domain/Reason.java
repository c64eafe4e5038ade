package dev.reserva.inventory.domain;

import dev.reserva.contracts.Text;

/** Why stock was changed, in the words of who changed it. 1..500 characters. */
public record Reason(String value) {

  public Reason {
    value = Text.lines("reason", value, 1, 500);
  }
}
