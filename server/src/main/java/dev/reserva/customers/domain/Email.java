package dev.reserva.customers.domain;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address as it was typed. Two addresses that differ only in case are equal.
 *
 * @param value at most 254 characters (RFC 5321)
 */
public record Email(String value) {

  private static final int MAX_LENGTH = 254;

  /** Local part of at most 64 characters, and a domain of at least two labels; ASCII. */
  private static final Pattern FORM =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*+"
              + "@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9-]{2,63}");

  public Email {
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "email must have at most %d characters, had %d".formatted(MAX_LENGTH, value.length()));
    }
    if (value.indexOf('@') > 64 || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("email must be an address such as ana@example.org");
    }
  }

  /** The form by which addresses are compared, and the name of the login. */
  public String key() {
    return value.toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Email email && key().equals(email.key());
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  /** Hides the value: personal data stays out of logs. */
  @Override
  public String toString() {
    return "Email[…]";
  }
}
