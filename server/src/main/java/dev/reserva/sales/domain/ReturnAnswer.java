package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;

/** The result of a step of a return. */
public sealed interface ReturnAnswer {

  record Done(Return before, Return now) implements ReturnAnswer {}

  /** Why the step was not taken. Nothing changed. */
  sealed interface Refusal extends ReturnAnswer {

    Return current();
  }

  /** Its state does not allow the step. */
  record WrongState(Return current) implements Refusal {}

  /** The refund is more than the price of the goods, or in another currency. */
  record RefundImpossible(Return current, Money refund) implements Refusal {}

  /** Less than the price is given back, and nobody says why. */
  record ReasonMissing(Return current) implements Refusal {}
}
