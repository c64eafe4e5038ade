package dev.reserva.notifications.domain;

import java.text.NumberFormat;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the values of a message as its language does. */
public final class Formats {

  private final ZoneId zone;

  /**
   * @param zone in which times are told
   */
  public Formats(ZoneId zone) {
    this.zone = zone;
  }

  /** Texts, flags, and lists of the same, by name. */
  public Map<String, Object> written(Map<String, Detail> details, Language language) {
    Map<String, Object> written = new LinkedHashMap<>();
    details.forEach((name, detail) -> written.put(name, written(detail, language)));
    return written;
  }

  private Object written(Detail detail, Language language) {
    return switch (detail) {
      case Detail.Text(String value) -> value;
      case Detail.Amount amount -> money(amount, language);
      case Detail.Moment(var value) ->
          DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
              .withLocale(language.locale())
              .withZone(zone)
              .format(value);
      case Detail.Count(long value) ->
          NumberFormat.getIntegerInstance(language.locale()).format(value);
      case Detail.Flag(boolean value) -> value;
      case Detail.Rows(var rows) -> rows.stream().map(row -> written(row, language)).toList();
    };
  }

  private static String money(Detail.Amount amount, Language language) {
    Currency currency = Currency.getInstance(amount.currency());
    NumberFormat format = NumberFormat.getCurrencyInstance(language.locale());
    format.setCurrency(currency);
    int digits = Math.max(0, currency.getDefaultFractionDigits());
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(amount.value());
  }
}
