package dev.reserva.notifications.domain;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How telephone numbers become international ones (E.164).
 *
 * @param countryCode of numbers that do not name their country; absent: these cannot be reached
 */
public record Numbering(@Nullable String countryCode) {

  private static final Pattern COUNTRY_CODE = Pattern.compile("[1-9][0-9]{0,2}");
  private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");
  private static final Pattern TRUNK_PREFIX = Pattern.compile("^0+");

  public Numbering {
    if (countryCode != null && !COUNTRY_CODE.matcher(countryCode).matches()) {
      throw new IllegalArgumentException(
          "country code must have 1..3 digits such as 55, was \"%s\""
              .formatted(Names.excerpt(countryCode)));
    }
  }

  /**
   * @param typed digits, with spaces and the like between them
   * @return empty if it is no number that can be called from everywhere
   */
  public Optional<String> international(String typed) {
    String digits = NO_DIGIT.matcher(typed).replaceAll("");
    if (typed.startsWith("+")) {
      return checked("+" + digits);
    }
    if (digits.startsWith("00")) {
      return checked("+" + digits.substring(2));
    }
    return countryCode == null
        ? Optional.empty()
        : checked("+" + countryCode + TRUNK_PREFIX.matcher(digits).replaceFirst(""));
  }

  private static Optional<String> checked(String number) {
    try {
      return Optional.of(Address.phone(number));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
