package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;

/** What an answer about a payment came to. */
public sealed interface Settlement {

  /** The money was taken, as wished. */
  record Captured() implements Settlement {}

  /**
   * The money was taken, but nobody wants it any more: it is owed back.
   *
   * @param owed more than zero
   */
  record CapturedTooLate(Money owed) implements Settlement {}

  /** No money was taken, and the order has to learn of it. */
  record Failed(String failure) implements Settlement {}

  /** No money was taken, as the dead order wishes. */
  record Withdrawn() implements Settlement {}

  /** Nothing new. */
  record Unchanged() implements Settlement {}

  /** The answer cannot be true of a payment that stands so; nothing changed. */
  record Contradicted(PaymentStatus status) implements Settlement {}
}
