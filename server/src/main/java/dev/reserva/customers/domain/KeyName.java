package dev.reserva.customers.domain;

import dev.reserva.contracts.Text;

/**
 * What an API key is for, such as the program that uses it.
 *
 * @param value 1..{@value #MAX_LENGTH} characters on one line
 */
public record KeyName(String value) {

  public static final int MAX_LENGTH = 100;

  public KeyName {
    value = Text.line("name", value, 1, MAX_LENGTH);
  }
}
