package dev.reserva.customers.domain;

import dev.reserva.contracts.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages in which a customer can be written to. */
public enum Language {
  EN,
  PT,
  ES;

  /** The code of ISO 639-1, as it is in requests, events and the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The code of a language; null without one. */
  public static @Nullable String wireOrNull(@Nullable Language language) {
    return language == null ? null : language.wire();
  }

  /**
   * @throws IllegalArgumentException if there is no such language
   */
  public static Language ofWire(String code) {
    return switch (code) {
      case "en" -> EN;
      case "pt" -> PT;
      case "es" -> ES;
      default ->
          throw new IllegalArgumentException(
              "language must be one of en, pt, es, was \"%s\"".formatted(Text.excerpt(code)));
    };
  }
}
