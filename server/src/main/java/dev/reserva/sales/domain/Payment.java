package dev.reserva.sales.domain;

import java.util.UUID;

/** What sales knows of an order's payment. */
public record Payment(UUID id, Status status) {

  /** In the order in which news can come; a repeated fact never turns the picture back. */
  public enum Status {
    FAILED,
    SUCCEEDED,
    PARTIALLY_REFUNDED,
    REFUNDED;

    boolean outranks(Status other) {
      return compareTo(other) > 0;
    }

    /** Whether the buyer's money was taken, whatever went back since. */
    public boolean wasCaptured() {
      return this != FAILED;
    }
  }
}
