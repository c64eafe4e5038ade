package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What other services report about an order. Each fact may come late, or twice. */
public sealed interface Fact {

  record StockReserved(UUID reservationId, Instant expiresAt) implements Fact {}

  /**
   * @param unknownProduct whether inventory does not offer one of the products
   */
  record StockInsufficient(boolean unknownProduct) implements Fact {}

  record StockConfirmed(UUID reservationId) implements Fact {}

  record StockReleased(UUID reservationId, Release why) implements Fact {}

  record StockConfirmationFailed() implements Fact {}

  /**
   * The payment waits for the buyer.
   *
   * @param replaces the payment whose place it takes
   */
  record PaymentPending(UUID paymentId, Payment.Instructions instructions, @Nullable UUID replaces)
      implements Fact {}

  record PaymentApproved(UUID paymentId, Money amount) implements Fact {}

  record PaymentFailed(UUID paymentId) implements Fact {}

  /** No money was taken for the payment, and none is wanted. */
  record PaymentCancelled(UUID paymentId) implements Fact {}

  /**
   * @param whole whether all that was paid went back
   */
  record PaymentRefunded(UUID paymentId, boolean whole) implements Fact {}

  /** Why a reservation was given back. */
  enum Release {
    /** The order was cancelled. */
    CANCELLED,
    /** Its time was over. */
    EXPIRED,
    /** A person of the warehouse released it. */
    MANUAL
  }
}
