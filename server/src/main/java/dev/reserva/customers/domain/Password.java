package dev.reserva.customers.domain;

import java.nio.charset.StandardCharsets;

/**
 * A password that somebody chose.
 *
 * @param value 8..72 bytes of UTF-8: bcrypt reads no more than 72
 */
public record Password(String value) {

  public static final int MIN_BYTES = 8;
  public static final int MAX_BYTES = 72;

  public Password {
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "password must have %d..%d bytes, had %d".formatted(MIN_BYTES, MAX_BYTES, bytes));
    }
  }

  @Override
  public String toString() {
    return "Password[…]";
  }
}
