package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;

/** The outcome of a request to give money back. */
public sealed interface Owing {

  /** It is now owed. */
  record Owed(Money amount) implements Owing {}

  /** Why it cannot be owed. Nothing changed. */
  sealed interface Refusal extends Owing {}

  /** It is more than is left of what was paid. */
  record TooMuch(Money left) implements Refusal {}

  /** Everything is given back or owed already. */
  record NothingLeft() implements Refusal {}

  /** No money was taken. */
  record NotPaid(PaymentStatus status) implements Refusal {}
}
