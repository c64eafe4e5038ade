package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;

/** What an answer about a payment came to. */
public sealed interface Settlement {

  /** The money was taken for the order. */
  record Captured() implements Settlement {}

  /**
   * The money was taken, but it is unwanted: it is owed back.
   *
   * @param owed more than zero
   */
  record CapturedTooLate(Money owed) implements Settlement {}

  /** The provider waits for the buyer from now on. */
  record Waiting(Instructions instructions) implements Settlement {}

  /** No money was taken, and the order has to learn of it. */
  record Failed(String failure) implements Settlement {}

  /** No money was taken, and none is wanted. */
  record Withdrawn(String reason) implements Settlement {}

  /** Nothing new. */
  record Unchanged() implements Settlement {}

  /** The answer cannot be true of a payment with this status; nothing changed. */
  record Contradicted(PaymentStatus status) implements Settlement {}
}
