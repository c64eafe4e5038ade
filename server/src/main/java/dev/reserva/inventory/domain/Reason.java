package dev.reserva.inventory.domain;

/** Why stock was changed, in the words of who changed it. 1..500 characters. */
public record Reason(String value) {

  public Reason {
    value = PlainText.checked("reason", value, 1, 500);
  }
}
