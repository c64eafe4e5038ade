package dev.reserva.customers.domain;

/**
 * What a customer is called.
 *
 * @param value 1..200 characters, not blank, without control characters
 */
public record PersonName(String value) {

  static final int MAX_LENGTH = 200;

  public PersonName {
    value = value.strip();
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "name must have 1..%d characters, had %d".formatted(MAX_LENGTH, value.length()));
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("name must not contain control characters");
    }
  }
}
