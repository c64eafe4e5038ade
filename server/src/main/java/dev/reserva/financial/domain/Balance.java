package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;

/**
 * Where the money of a payment is: {@code refunded + owed ≤ amount}, in one currency.
 *
 * @param amount what is paid
 * @param refunded what the provider has given back
 * @param owed what is promised back and not yet given
 */
public record Balance(Money amount, Money refunded, Money owed) {

  /** Nothing is given back or promised. */
  static Balance of(Money amount) {
    Money zero = Money.zero(amount.currency());
    return new Balance(amount, zero, zero);
  }

  /** What is neither given back nor promised. */
  public Money left() {
    return amount.minus(refunded).minus(owed);
  }

  /**
   * @param promise at most what is {@link #left}
   */
  Balance promise(Money promise) {
    return new Balance(amount, refunded, owed.plus(promise));
  }

  /**
   * @throws IllegalArgumentException when more is given back than is owed
   */
  Balance giveBack(Money given) {
    return new Balance(amount, refunded.plus(given), owed.minus(given));
  }

  boolean isWhollyRefunded() {
    return refunded.equals(amount);
  }
}
