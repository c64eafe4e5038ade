package dev.reserva.notifications.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The hours of each day in which nobody is disturbed. They may begin before midnight and end after
 * it.
 *
 * @param from first quiet minute
 * @param until first minute after them; another one than {@code from}
 */
public record QuietHours(LocalTime from, LocalTime until) {

  public QuietHours {
    if (from.equals(until)) {
      throw new IllegalArgumentException("quiet hours must end at another time than they begin");
    }
  }

  /**
   * @param text such as {@code 22:00-08:00}
   * @throws IllegalArgumentException if it has another form
   */
  public static QuietHours parse(String text) {
    String[] times = text.split("-", -1);
    try {
      if (times.length == 2) {
        return new QuietHours(LocalTime.parse(times[0].strip()), LocalTime.parse(times[1].strip()));
      }
    } catch (DateTimeException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "quiet hours must be like 22:00-08:00, were \"%s\"".formatted(Names.excerpt(text)));
  }

  /** When they end; empty if it is not one of them. */
  public Optional<Instant> endAfter(Instant now, ZoneId zone) {
    ZonedDateTime local = now.atZone(zone);
    LocalTime time = local.toLocalTime();
    boolean overnight = from.isAfter(until);
    boolean begun = !time.isBefore(from);
    boolean over = !time.isBefore(until);
    boolean quiet = overnight ? begun || !over : begun && !over;
    if (!quiet) {
      return Optional.empty();
    }
    ZonedDateTime end = local.toLocalDate().atTime(until).atZone(zone);
    return Optional.of(
        (over ? local.toLocalDate().plusDays(1).atTime(until).atZone(zone) : end).toInstant());
  }
}
