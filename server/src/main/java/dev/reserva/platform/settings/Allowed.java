package dev.reserva.platform.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Refuses a property whose value is out of range. The error gives the property's full name. */
public final class Allowed {

  private static final List<Map.Entry<String, Duration>> UNITS =
      List.of(
          Map.entry("d", Duration.ofDays(1)),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("m", Duration.ofMinutes(1)),
          Map.entry("s", Duration.ofSeconds(1)),
          Map.entry("ms", Duration.ofMillis(1)),
          Map.entry("us", Duration.of(1, ChronoUnit.MICROS)));

  private Allowed() {}

  /**
   * @param property its full name, such as {@code reserva.database.pool-size}
   */
  public static void range(String property, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be %d..%d, was %d".formatted(property, least, most, value));
    }
  }

  public static void atLeast(String property, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, was %d".formatted(property, least, value));
    }
  }

  public static void range(String property, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s must be %s..%s, was %s".formatted(property, text(least), text(most), text(value)));
    }
  }

  public static void atLeast(String property, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "%s must be at least %s, was %s".formatted(property, text(least), text(value)));
    }
  }

  /** The duration as in the configuration: {@code 15m}, {@code 250ms}. */
  static String text(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    for (Map.Entry<String, Duration> unit : UNITS) {
      if (duration.compareTo(Duration.ofDays(3)) < 0 && unit.getKey().equals("d")) {
        continue; // 24h and 48h are more common than 1d and 2d
      }
      long whole = duration.dividedBy(unit.getValue());
      if (whole != 0 && unit.getValue().multipliedBy(whole).equals(duration)) {
        return whole + unit.getKey();
      }
    }
    return duration.toString();
  }
}
