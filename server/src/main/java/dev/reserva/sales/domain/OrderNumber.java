package dev.reserva.sales.domain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The human-readable number of an order, such as {@code R-000123-4}. The last digit is a check
 * digit (Damm's algorithm). It detects every single wrong digit and every swap of two adjacent
 * digits.
 *
 * @param value 1..{@value #MAX}
 */
public record OrderNumber(long value) {

  /** Twelve digits. */
  public static final long MAX = 999_999_999_999L;

  private static final Pattern WRITTEN = Pattern.compile("[Rr]-([0-9]{6,12})-([0-9])");

  /** Damm's quasigroup of order ten: the row is the interim digit, the column the next digit. */
  private static final int[][] DAMM = {
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
    {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
    {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
    {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}
  };

  public OrderNumber {
    if (value < 1 || value > MAX) {
      throw new IllegalArgumentException(
          "an order's number must be 1..%d, was %d".formatted(MAX, value));
    }
  }

  /**
   * Parses a number as {@link #toString} writes it; the letter may be lower case.
   *
   * @throws IllegalArgumentException when it is no such number, or a digit of it is wrong
   */
  public static OrderNumber parse(String text) {
    Matcher matcher = WRITTEN.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be the number of an order such as R-000123-4");
    }
    var number = new OrderNumber(Long.parseLong(matcher.group(1)));
    if (number.checkDigit() != matcher.group(2).charAt(0) - '0') {
      throw new IllegalArgumentException(
          "must be the number of an order such as R-000123-4; a digit of %s is wrong"
              .formatted(matcher.group()));
    }
    return number;
  }

  /** The check digit, 0..9. */
  public int checkDigit() {
    int interim = 0;
    for (char digit : Long.toString(value).toCharArray()) {
      interim = DAMM[interim][digit - '0'];
    }
    return interim;
  }

  /** At least six digits; leading zeros do not change the check digit. */
  @Override
  public String toString() {
    return "R-%06d-%d".formatted(value, checkDigit());
  }
}
