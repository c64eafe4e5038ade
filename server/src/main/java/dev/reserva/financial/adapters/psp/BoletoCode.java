package dev.reserva.financial.adapters.psp;

import dev.reserva.contracts.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The 47 digits by which a boleto is paid (the linha digitável that FEBRABAN defines), with all of
 * its check digits. Its bank does not exist, so no bank pays it.
 *
 * <pre>
 * bank 3, currency 1, free 1..5, check | free 6..15, check | free 16..25, check | check | due 4, amount 10
 * </pre>
 */
final class BoletoCode {

  private static final String BANK = "999";
  private static final String REAL = "9";
  private static final int FREE_DIGITS = 25;

  /** Days are counted from 1000 on this day, and from 1000 again after 9999. */
  private static final LocalDate DAY_1000 = LocalDate.of(2025, 2, 22);

  private static final int DAYS = 9_000;

  /** Ten digits of centavos. A larger amount, or one in another currency, is not told. */
  private static final BigDecimal MAX_AMOUNT = new BigDecimal("99999999.99");

  private BoletoCode() {}

  static String of(UUID charge, Money amount, LocalDate due) {
    String free = digits(number(charge), FREE_DIGITS);
    String dueAndAmount = digits(day(due), 4) + digits(centavos(amount), 10);
    int check = modulo11(BANK + REAL + dueAndAmount + free);
    String first = BANK + REAL + free.substring(0, 5);
    String second = free.substring(5, 15);
    String third = free.substring(15);
    return first
        + modulo10(first)
        + second
        + modulo10(second)
        + third
        + modulo10(third)
        + check
        + dueAndAmount;
  }

  private static BigInteger number(UUID id) {
    return new BigInteger(id.toString().replace("-", ""), 16);
  }

  private static BigInteger day(LocalDate due) {
    long days = ChronoUnit.DAYS.between(DAY_1000, due);
    return BigInteger.valueOf(1_000 + Math.floorMod(days, DAYS));
  }

  private static BigInteger centavos(Money amount) {
    return amount.currency().equals("BRL") && amount.amount().compareTo(MAX_AMOUNT) <= 0
        ? amount.amount().unscaledValue()
        : BigInteger.ZERO;
  }

  /** The last digits of a number, with zeros before it. */
  private static String digits(BigInteger number, int count) {
    return ("%0" + count + "d").formatted(number.mod(BigInteger.TEN.pow(count)));
  }

  /** Weights 2, 1, 2, 1, … from the right; the digits of each product are added. */
  static int modulo10(String digits) {
    int sum = 0;
    int weight = 2;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int product = Character.digit(digits.charAt(i), 10) * weight;
      sum += product / 10 + product % 10;
      weight = 3 - weight;
    }
    return (10 - sum % 10) % 10;
  }

  /** Weights 2, 3, … 9, 2, 3, … from the right; 0, 10 and 11 become 1. */
  static int modulo11(String digits) {
    int sum = 0;
    int weight = 2;
    for (int i = digits.length() - 1; i >= 0; i--) {
      sum += Character.digit(digits.charAt(i), 10) * weight;
      weight = weight == 9 ? 2 : weight + 1;
    }
    int check = 11 - sum % 11;
    return check > 9 ? 1 : check;
  }
}
