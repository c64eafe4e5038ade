package dev.reserva.sales.domain;

/** Where an order stands. The names are those on the wire. */
public enum OrderStatus {
  /** Written down, not yet asked for: nobody but sales knows of it. */
  DRAFT,
  /** Submitted: inventory is asked to hold its lines. */
  PENDING,
  /** Its stock is held: the buyer's money is awaited. */
  PENDING_PAYMENT,
  /** The money is there: inventory is asked to make the hold definite. */
  PAID,
  /** Paid, and the stock is its own. */
  CONFIRMED,
  SHIPPED,
  DELIVERED,
  /** Final: can no longer be returned. */
  COMPLETED,
  /** Final: given up, and undone. */
  CANCELLED,
  /** Final: a step stayed unanswered past its deadline, and what was done is undone. */
  FAILED;

  /** Whether another service's answer is awaited, so that a deadline runs. */
  public boolean isUnderWay() {
    return switch (this) {
      case PENDING, PENDING_PAYMENT, PAID -> true;
      case DRAFT, CONFIRMED, SHIPPED, DELIVERED, COMPLETED, CANCELLED, FAILED -> false;
    };
  }

  /** Whether the stock is definitely the order's and the money the shop's. */
  public boolean isConfirmedOrLater() {
    return switch (this) {
      case CONFIRMED, SHIPPED, DELIVERED, COMPLETED -> true;
      case DRAFT, PENDING, PENDING_PAYMENT, PAID, CANCELLED, FAILED -> false;
    };
  }
}
