package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;

/** What the end of its order means for a payment. */
public sealed interface OrderEnd {

  /** No money was taken, and none will be. */
  record Withdrawn() implements OrderEnd {}

  /** The provider may have taken the money: the payment is due at once, to be abandoned. */
  record Pursued() implements OrderEnd {}

  /**
   * The money was taken and is owed back.
   *
   * @param owed more than zero: what is not given back or owed already
   */
  record Owing(Money owed) implements OrderEnd {}

  /** Nothing to do. */
  record Unchanged() implements OrderEnd {}
}
