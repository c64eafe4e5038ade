package dev.reserva.sales.domain;

/** A cause that can move an order. */
public enum Trigger {
  SUBMITTED("the buyer submits the draft"),
  STOCK_RESERVED("inventory reserved every line"),
  STOCK_INSUFFICIENT("inventory cannot reserve the whole order"),
  PAYMENT_APPROVED("the payment succeeded"),
  PAYMENT_FAILED("the payment failed"),
  RESERVATION_ENDED("the reservation expired or was released by hand"),
  STOCK_CONFIRMED("inventory confirmed the reservation"),
  CONFIRMATION_FAILED("the reservation is gone and could not be renewed"),
  SHIPPED("the last goods have left, or an operator says so"),
  DELIVERED("the last goods have arrived, or an operator says so"),
  COMPLETED("its shipments have delivered it, or an operator closes it"),
  CANCELLED("the buyer or an operator cancels"),
  RETURNED("the goods come back"),
  DEADLINE_PASSED("an answer did not come before its deadline");

  private final String meaning;

  Trigger(String meaning) {
    this.meaning = meaning;
  }

  /** The description in the documentation. */
  public String meaning() {
    return meaning;
  }
}
