package dev.reserva.inventory.application;

import dev.reserva.messaging.TransactionConflict;

/**
 * Two transactions reserved for one order at the same time, and this one came second. The next run
 * finds the reservation that the first one made.
 */
public final class ConcurrentReservation extends TransactionConflict {

  public ConcurrentReservation(String message) {
    super(message);
  }
}
