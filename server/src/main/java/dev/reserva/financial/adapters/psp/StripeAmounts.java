package dev.reserva.financial.adapters.psp;

import dev.reserva.contracts.Money;
import java.math.RoundingMode;
import java.util.Set;

/**
 * Amounts as Stripe counts them: whole numbers of the currency's smallest unit. Stripe has a list
 * of its own of the currencies without decimals and with three; every other one has two
 * (docs.stripe.com/currencies).
 */
final class StripeAmounts {

  private static final Set<String> WITHOUT_DECIMALS =
      Set.of(
          "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
          "XOF", "XPF");

  private static final Set<String> WITH_THREE_DECIMALS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

  private StripeAmounts() {}

  /**
   * @throws ArithmeticException when Stripe has no unit as small as the amount's last digit
   */
  static long of(Money money) {
    return money
        .amount()
        .movePointRight(decimals(money.currency()))
        .setScale(0, RoundingMode.UNNECESSARY)
        .longValueExact();
  }

  private static int decimals(String currency) {
    if (WITHOUT_DECIMALS.contains(currency)) {
      return 0;
    }
    return WITH_THREE_DECIMALS.contains(currency) ? 3 : 2;
  }
}
