package dev.reserva.platform.json;

import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The currencies that a caller may name: those in circulation today.
 *
 * <p>ISO 4217 also has codes for metals (XAU), funds (CLF), tests (XTS), no currency (XXX) and
 * former currencies (DEM). {@link dev.reserva.contracts.Money} accepts them, because old events
 * must stay readable.
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
   * @throws IllegalArgumentException if the currency is not in circulation
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
