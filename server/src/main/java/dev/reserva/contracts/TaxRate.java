package dev.reserva.contracts;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * The part of a net price that is owed as tax: 0.19 is 19 %.
 *
 * @param value 0 or more and below 1, with at most {@value #MAX_DIGITS} digits after the point; no
 *     zeros at its end
 */
public record TaxRate(BigDecimal value) {

  public static final int MAX_DIGITS = 6;

  private static final Pattern SHAPE = Pattern.compile("0(\\.[0-9]{1," + MAX_DIGITS + "})?");
  private static final int LONGEST_SHOWN = 12;

  public TaxRate {
    if (value.signum() < 0 || value.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException("taxRate must be 0 or more and below 1, was " + value);
    }
    value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (value.scale() > MAX_DIGITS) {
      throw new IllegalArgumentException(
          "taxRate must have at most %d digits after the point, was %s"
              .formatted(MAX_DIGITS, value));
    }
  }

  /**
   * A rate as a person writes it.
   *
   * @throws IllegalArgumentException if it is anything else than a decimal such as {@code 0.19}
   */
  public static TaxRate parse(String text) {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "taxRate must be a decimal of 0 to below 1 with at most %d digits after the point, such as 0.19, was \"%s\""
              .formatted(
                  MAX_DIGITS,
                  text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text));
    }
    return new TaxRate(new BigDecimal(text));
  }

  /** The rate as {@link #parse} reads it. */
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
