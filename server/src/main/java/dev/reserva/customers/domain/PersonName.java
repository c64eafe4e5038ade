package dev.reserva.customers.domain;

import dev.reserva.contracts.Text;

/**
 * A customer's name.
 *
 * @param value 1..200 characters on one line
 */
public record PersonName(String value) {

  static final int MAX_LENGTH = 200;

  public PersonName {
    value = Text.line("name", value, 1, MAX_LENGTH);
  }
}
