package dev.reserva.sales.domain;

/** The states of an order. The names are those on the wire. */
public enum OrderStatus {
  /** Not submitted: only sales knows of it. */
  DRAFT,
  /** Submitted: inventory is to reserve its lines. */
  PENDING,
  /** Its stock is reserved; it waits for the payment. */
  PENDING_PAYMENT,
  /** Paid: inventory is to confirm the reservation. */
  PAID,
  /** Paid, and its reservation is confirmed. */
  CONFIRMED,
  SHIPPED,
  DELIVERED,
  /** Final: can no longer be returned. */
  COMPLETED,
  /** Final: cancelled; every service undoes its part. */
  CANCELLED,
  /** Final: an answer did not arrive before the deadline; every service undoes its part. */
  FAILED;

  /** Whether the order waits for another service's answer, so that a deadline applies. */
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
