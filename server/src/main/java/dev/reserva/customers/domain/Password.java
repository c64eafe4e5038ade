package dev.reserva.customers.domain;

import java.text.Normalizer;

/**
 * A password that somebody chose, in Unicode normal form C: the same keys give the same password on
 * every keyboard.
 *
 * @param value {@value #MIN_LENGTH}..{@value #MAX_LENGTH} characters of any script
 */
public record Password(String value) {

  public static final int MIN_LENGTH = 8;
  public static final int MAX_LENGTH = 128;

  public Password {
    value = Normalizer.normalize(value, Normalizer.Form.NFC);
    int length = value.codePointCount(0, value.length());
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "password must have %d..%d characters, had %d".formatted(MIN_LENGTH, MAX_LENGTH, length));
    }
    if (value.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
      throw new IllegalArgumentException("password must not contain half of a character");
    }
  }

  @Override
  public String toString() {
    return "Password[…]";
  }
}
