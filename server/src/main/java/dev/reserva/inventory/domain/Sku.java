package dev.reserva.inventory.domain;

/** What the shop calls a product; unique in the catalogue. 1..64 characters. */
public record Sku(String value) {

  public Sku {
    value = PlainText.checked("sku", value, 1, 64);
  }

  @Override
  public String toString() {
    return value;
  }
}
