package dev.reserva.inventory.application;

import dev.reserva.messaging.TransactionConflict;

/**
 * Another transaction has reserved stock for the same order at the same time. The next attempt
 * finds its reservation.
 */
public final class ConcurrentReservation extends TransactionConflict {

  public ConcurrentReservation(String message) {
    super(message);
  }
}
