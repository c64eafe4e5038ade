package dev.reserva.financial.domain;

import java.util.EnumSet;
import java.util.Set;

/** What the provider and the books disagree about, with the decisions that are possible. */
public enum ReviewKind {
  /** The provider refuses a refund, or gives no answer: the money stays owed. */
  REFUND_OWED,
  /** The provider gave money back that a person had settled outside before. */
  REFUNDED_AGAIN,
  /** The provider reports the money of a payment again, by another transaction. */
  CAPTURED_AGAIN,
  /** The provider says what cannot be true of the payment by the books. */
  CONTRADICTED,
  /** A webhook names another amount than the payment's. */
  WRONG_AMOUNT,
  /** A webhook names a payment that is not on record. */
  UNKNOWN_PAYMENT;

  /** The decisions that a person may take. */
  public Set<ReviewDecision> possible() {
    return switch (this) {
      case REFUND_OWED -> EnumSet.of(ReviewDecision.RETRY, ReviewDecision.SETTLED_OUTSIDE);
      case REFUNDED_AGAIN, CAPTURED_AGAIN, CONTRADICTED, WRONG_AMOUNT, UNKNOWN_PAYMENT ->
          EnumSet.of(ReviewDecision.ACCEPT);
    };
  }

  /** Whether a person may decide so. */
  public boolean allows(ReviewDecision decision) {
    return possible().contains(decision);
  }
}
