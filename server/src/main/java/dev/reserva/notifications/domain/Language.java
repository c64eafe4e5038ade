package dev.reserva.notifications.domain;

import java.util.Locale;

/** The languages of the messages. */
public enum Language {
  EN(Locale.UK),
  PT(Locale.of("pt", "BR")),
  ES(Locale.of("es", "ES"));

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /** How numbers, money and dates are written. */
  public Locale locale() {
    return locale;
  }

  /** The code of ISO 639-1. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is no such language
   */
  public static Language ofWire(String code) {
    for (Language language : values()) {
      if (language.wire().equals(code)) {
        return language;
      }
    }
    throw new IllegalArgumentException(
        "language must be one of en, pt, es, was \"%s\"".formatted(Names.excerpt(code)));
  }
}
