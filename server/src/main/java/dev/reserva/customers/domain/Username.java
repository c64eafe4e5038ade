package dev.reserva.customers.domain;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The login name of a member of staff. It has no @, so it never equals a customer's e-mail address.
 *
 * @param value 3..64 of a-z, 0-9, dot, dash and underscore, a letter first; converted to lower case
 */
public record Username(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9._-]{2,63}");

  public Username {
    value = value.toLowerCase(Locale.ROOT);
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "username must have 3..64 of a-z, 0-9, dot, dash and underscore, a letter first, such as"
              + " ana.lima");
    }
  }
}
