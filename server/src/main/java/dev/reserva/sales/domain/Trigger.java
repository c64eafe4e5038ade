package dev.reserva.sales.domain;

/** What can move an order. */
public enum Trigger {
  SUBMITTED("the buyer submits the draft"),
  STOCK_RESERVED("inventory holds every line"),
  STOCK_INSUFFICIENT("inventory cannot hold the order whole"),
  PAYMENT_APPROVED("the payment succeeded"),
  PAYMENT_FAILED("the payment failed"),
  RESERVATION_ENDED("the reservation expired or was released by hand"),
  STOCK_CONFIRMED("inventory made the hold definite"),
  CONFIRMATION_FAILED("the reservation is gone and could not be renewed"),
  SHIPPED("the goods left the house"),
  DELIVERED("the goods arrived"),
  COMPLETED("the order is closed for good"),
  CANCELLED("the buyer or an operator cancels"),
  RETURNED("the goods come back"),
  DEADLINE_PASSED("a step stayed unanswered past its deadline");

  private final String meaning;

  Trigger(String meaning) {
    this.meaning = meaning;
  }

  /** In words, for documents. */
  public String meaning() {
    return meaning;
  }
}
