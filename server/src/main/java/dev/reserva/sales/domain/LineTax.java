package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.TaxRate;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The tax of an order's line, as it was when the order was placed. It is rounded once for each
 * line, half up, to the smallest unit of the currency; an order's tax is the sum of its lines.
 *
 * @param amount of all units of the line
 */
public record LineTax(TaxRate rate, TaxMode mode, Money amount) {

  /**
   * @param price of all units of the line, with or without the tax as the mode says
   */
  static LineTax of(TaxRate rate, TaxMode mode, Money price) {
    BigDecimal share = price.amount().multiply(rate.value());
    int digits = price.amount().scale();
    BigDecimal tax =
        switch (mode) {
          case INCLUDED ->
              share.divide(BigDecimal.ONE.add(rate.value()), digits, RoundingMode.HALF_UP);
          case ADDED -> share.setScale(digits, RoundingMode.HALF_UP);
        };
    return new LineTax(rate, mode, new Money(tax, price.currency()));
  }

  /**
   * The tax of some units.
   *
   * @param units of the line that have not been shared out
   * @param taken how many of them are taken
   * @param sharedOut the tax of the other units of the line
   */
  LineTax share(long units, long taken, Money sharedOut) {
    Money left = amount.minus(sharedOut);
    BigDecimal tax =
        left.amount()
            .multiply(BigDecimal.valueOf(taken))
            .divide(BigDecimal.valueOf(units), left.amount().scale(), RoundingMode.HALF_UP);
    return new LineTax(rate, mode, new Money(tax, left.currency()));
  }

  /** What the buyer pays. */
  Money total(Money price) {
    return switch (mode) {
      case INCLUDED -> price;
      case ADDED -> price.plus(amount);
    };
  }

  /** What is left without the tax. */
  Money net(Money price) {
    return switch (mode) {
      case INCLUDED -> price.minus(amount);
      case ADDED -> price;
    };
  }
}
