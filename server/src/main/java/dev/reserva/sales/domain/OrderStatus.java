package dev.reserva.sales.domain;

/** The states of an order. The names are those on the wire. */
public enum OrderStatus {
  /** Not submitted: only sales knows of it. */
  DRAFT,
  /** Submitted: inventory is to reserve its lines. */
  PENDING,
  /** Its stock is reserved: the payment is awaited. */
  PENDING_PAYMENT,
  /** Paid: inventory is to confirm the reservation. */
  PAID,
  /** Paid, and its reservation is confirmed. */
  CONFIRMED,
  SHIPPED,
  DELIVERED,
  /** Final: can no longer be returned. */
  COMPLETED,
  /** Final: cancelled, and what was done for it is undone. */
  CANCELLED,
  /** Final: an answer did not come before its deadline, and what was done for it is undone. */
  FAILED;

  /** Whether another service's answer is awaited, so that a deadline runs. */
  public boolean isUnderWay() {
    return switch (this) {
      case PENDING, PENDING_PAYMENT, PAID -> true;
      case DRAFT, CONFIRMED, SHIPPED, DELIVERED, COMPLETED, CANCELLED, FAILED -> false;
    };
  }

  /** Whether its reservation is confirmed and its payment has succeeded. */
  public boolean isConfirmedOrLater() {
    return switch (this) {
      case CONFIRMED, SHIPPED, DELIVERED, COMPLETED -> true;
      case DRAFT, PENDING, PENDING_PAYMENT, PAID, CANCELLED, FAILED -> false;
    };
  }
}
