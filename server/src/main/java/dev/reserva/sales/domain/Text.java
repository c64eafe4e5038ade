package dev.reserva.sales.domain;

/** What callers may write into text fields: something, not too much, and nothing unprintable. */
public final class Text {

  private Text() {}

  /**
   * One line: no control characters.
   *
   * @throws IllegalArgumentException naming the field, its bound and what it was
   */
  public static String line(String name, String value, int max) {
    return checked(name, value, max, false);
  }

  /**
   * Text that may have several lines.
   *
   * @throws IllegalArgumentException naming the field, its bound and what it was
   */
  public static String lines(String name, String value, int max) {
    return checked(name, value, max, true);
  }

  private static String checked(String name, String value, int max, boolean breaks) {
    if (value.isBlank() || value.length() > max) {
      throw new IllegalArgumentException(
          "%s must have 1..%d characters, had %d"
              .formatted(name, max, value.isBlank() ? 0 : value.length()));
    }
    for (int i = 0; i < value.length(); ) {
      int point = value.codePointAt(i);
      boolean isBreak = point == '\n' || point == '\r' || point == '\t';
      if ((Character.isISOControl(point) && !(breaks && isBreak))
          || Character.getType(point) == Character.SURROGATE) {
        throw new IllegalArgumentException(
            "%s must have no control characters, had U+%04X at %d".formatted(name, point, i));
      }
      i += Character.charCount(point);
    }
    return value;
  }
}
