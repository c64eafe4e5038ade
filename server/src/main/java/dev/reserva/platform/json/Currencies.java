package dev.reserva.platform.json;

import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The currencies that a caller may name: those that a country pays with today.
 *
 * <p>ISO 4217 also has codes for metals (XAU), funds (CLF), tests (XTS), nothing (XXX) and for
 * currencies of the past (DEM). {@link dev.reserva.contracts.Money} accepts them, since events of
 * long ago must stay readable.
 */
public final class Currencies {

  private static final Set<String> IN_CIRCULATION =
      Stream.of(Locale.getISOCountries())
          .map(country -> Currency.getInstance(Locale.of("", country)))
          .filter(Objects::nonNull) // Antarctica has none
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private Currencies() {}

  /**
   * @throws IllegalArgumentException when no country pays with this currency
   */
  public static void requireInCirculation(String currency) {
    if (!IN_CIRCULATION.contains(currency)) {
      throw new IllegalArgumentException(
          "currency must be the ISO 4217 code of a currency in circulation, such as BRL or USD;"
              + " was \"%s\""
                  .formatted(currency.length() > 8 ? currency.substring(0, 8) + "…" : currency));
    }
  }
}
