package dev.reserva.customers.domain;

import java.util.regex.Pattern;

/**
 * A telephone number as it was typed.
 *
 * @param value 5..15 digits with an optional + in front and spaces, dots, dashes, slashes or
 *     parentheses between them
 */
public record Phone(String value) {

  private static final int MAX_LENGTH = 32;
  private static final Pattern FORM = Pattern.compile("\\+?[0-9(][0-9 ()./-]*");

  public Phone {
    long digits = value.chars().filter(c -> c >= '0' && c <= '9').count();
    if (value.length() > MAX_LENGTH
        || !FORM.matcher(value).matches()
        || digits < 5
        || digits > 15) {
      throw new IllegalArgumentException(
          "phone must have 5..15 digits, a + in front or none, and between them only spaces and ()./-,"
              + " such as +55 11 91234-5678");
    }
  }

  /** Hides the value: personal data stays out of logs. */
  @Override
  public String toString() {
    return "Phone[…]";
  }
}
