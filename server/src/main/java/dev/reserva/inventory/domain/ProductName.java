package dev.reserva.inventory.domain;

/** What people call a product. 1..200 characters. */
public record ProductName(String value) {

  public ProductName {
    value = PlainText.checked("name", value, 1, 200);
  }
}
