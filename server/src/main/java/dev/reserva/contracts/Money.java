package dev.reserva.contracts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Objects;

/**
 * An amount of a currency, with exactly the currency's digits, never negative.
 *
 * @param amount 0 to {@link #MAX}; its scale is the currency's number of digits
 * @param currency ISO 4217 code
 */
public record Money(BigDecimal amount, String currency) implements Comparable<Money> {

  /**
   * One million millions: far above any order, far below what the database's numeric(19,4) holds.
   */
  public static final BigDecimal MAX = new BigDecimal("1000000000000");

  private static final int MAX_SCALE = 30;

  public Money {
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(currency, "currency");
    int digits = digitsOf(currency);
    if (Math.abs(amount.scale()) > MAX_SCALE) { // 1e999999999 would cost all memory to rescale
      throw new IllegalArgumentException(
          "amount must be a plain number, had scale " + amount.scale());
    }
    if (amount.signum() < 0 || amount.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "amount must be 0..%s, was %s".formatted(MAX, brief(amount)));
    }
    try {
      amount = amount.setScale(digits, RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "amount must have at most %d decimal digits in %s, was %s"
              .formatted(digits, currency, brief(amount)),
          e);
    }
  }

  /** For literals: {@code Money.of("1500.00", "BRL")}. */
  public static Money of(String amount, String currency) {
    return new Money(new BigDecimal(amount), currency);
  }

  public static Money zero(String currency) {
    return new Money(BigDecimal.ZERO, currency);
  }

  public Money plus(Money other) {
    return new Money(amount.add(sameCurrency(other).amount), currency);
  }

  /**
   * @throws IllegalArgumentException when the other is more than this
   */
  public Money minus(Money other) {
    return new Money(amount.subtract(sameCurrency(other).amount), currency);
  }

  public Money times(int factor) {
    return new Money(amount.multiply(BigDecimal.valueOf(factor)), currency);
  }

  public boolean isZero() {
    return amount.signum() == 0;
  }

  @Override
  public int compareTo(Money other) {
    return amount.compareTo(sameCurrency(other).amount);
  }

  @Override
  public String toString() {
    return amount.toPlainString() + " " + currency;
  }

  private Money sameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "currencies must be the same, were %s and %s".formatted(currency, other.currency));
    }
    return other;
  }

  private static int digitsOf(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "currency must be an ISO 4217 code such as BRL, was \"%s\""
              .formatted(currency.length() > 8 ? currency.substring(0, 8) + "…" : currency),
          e);
    }
  }

  private static String brief(BigDecimal number) {
    return number.precision() > MAX_SCALE
        ? "a number of %d digits".formatted(number.precision())
        : number.toPlainString();
  }
}
