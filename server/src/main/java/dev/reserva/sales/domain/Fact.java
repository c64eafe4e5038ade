package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact that another service reports about an order. It may arrive late, or more than once. */
public sealed interface Fact {

  /**
   * @param held units by location; none if the default location holds them all
   * @param awaited units that the order waits for
   */
  record StockReserved(
      UUID reservationId, Instant expiresAt, List<HeldUnits> held, List<AwaitedUnits> awaited)
      implements Fact {
    public StockReserved {
      held = List.copyOf(held);
      awaited = List.copyOf(awaited);
    }

    /** Every unit is held. */
    public StockReserved(UUID reservationId, Instant expiresAt, List<HeldUnits> held) {
      this(reservationId, expiresAt, held, List.of());
    }
  }

  /**
   * Stock that the order waited for is held.
   *
   * @param held all units by location; none if the default location holds them all
   * @param awaited units that the order still waits for
   */
  record StockAllocated(UUID reservationId, List<HeldUnits> held, List<AwaitedUnits> awaited)
      implements Fact {
    public StockAllocated {
      held = List.copyOf(held);
      awaited = List.copyOf(awaited);
    }
  }

  record StockExtended(UUID reservationId, Instant expiresAt) implements Fact {}

  /**
   * @param unknownProduct whether inventory does not offer one of the products
   */
  record StockInsufficient(boolean unknownProduct) implements Fact {}

  /**
   * @param held units by location; none if the default location holds them all
   */
  record StockConfirmed(UUID reservationId, List<HeldUnits> held) implements Fact {
    public StockConfirmed {
      held = List.copyOf(held);
    }
  }

  record StockReleased(UUID reservationId, Release why) implements Fact {}

  record StockConfirmationFailed() implements Fact {}

  /**
   * The payment waits for the buyer.
   *
   * @param replaces the payment that this one replaces
   */
  record PaymentPending(UUID paymentId, Payment.Instructions instructions, @Nullable UUID replaces)
      implements Fact {}

  record PaymentApproved(UUID paymentId, Money amount) implements Fact {}

  /** It was the last try: the order ends. */
  record PaymentFailed(UUID paymentId) implements Fact {}

  /**
   * The payment failed, and the buyer may try again while the stock is held.
   *
   * @param replaces the payment that this one replaced
   */
  record PaymentDeclined(UUID paymentId, @Nullable UUID replaces) implements Fact {}

  /** No money was taken for the payment, and none is wanted. */
  record PaymentCancelled(UUID paymentId) implements Fact {}

  /**
   * @param whole whether the whole amount was refunded
   */
  record PaymentRefunded(UUID paymentId, boolean whole) implements Fact {}

  /**
   * A shipment of the order was made or has moved on.
   *
   * @param openUnits units of the order that have not left
   * @param openShipments shipments of the order that are being prepared or under way
   * @param revision grows with each such fact
   */
  record ShipmentMoved(
      UUID shipmentId, Shipment.Status status, int openUnits, int openShipments, int revision)
      implements Fact {}

  /** Why a reservation was released. */
  enum Release {
    /** The order was cancelled. */
    CANCELLED,
    /** The reservation expired. */
    EXPIRED,
    /** A person of the warehouse released it. */
    MANUAL
  }
}
