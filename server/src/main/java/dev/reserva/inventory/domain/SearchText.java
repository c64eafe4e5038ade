package dev.reserva.inventory.domain;

/** What somebody looks for. 1..200 characters. */
public record SearchText(String value) {

  public SearchText {
    value = PlainText.checked("q", value, 1, 200);
  }
}
