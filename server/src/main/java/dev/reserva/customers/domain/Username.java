package dev.reserva.customers.domain;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of somebody who works for the shop. It is never an e-mail address, so it never meets a
 * customer's.
 *
 * @param value 3..64 of a-z, 0-9, dot, dash and underscore, a letter first; taken in any case
 */
public record Username(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9._-]{2,63}");

  public Username {
    value = value.toLowerCase(Locale.ROOT);
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "username must have 3..64 of a-z, 0-9, dot, dash and underscore, a letter first");
    }
  }
}
