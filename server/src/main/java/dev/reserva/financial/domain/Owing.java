package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;

/** The answer to a wish to give money back. */
public sealed interface Owing {

  /** It is now owed. */
  record Owed(Money amount) implements Owing {}

  /** More than is left of what was paid; nothing changed. */
  record TooMuch(Money left) implements Owing {}

  /** Everything is given back or owed already; nothing changed. */
  record NothingLeft() implements Owing {}

  /** No money was taken; nothing changed. */
  record NotPaid(PaymentStatus status) implements Owing {}
}
