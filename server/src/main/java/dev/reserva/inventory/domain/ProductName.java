package dev.reserva.inventory.domain;

import dev.reserva.contracts.Text;

/** A product's name. 1..200 characters. */
public record ProductName(String value) {

  public ProductName {
    value = Text.lines("name", value, 1, 200);
  }
}
