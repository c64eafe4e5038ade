package dev.reserva.inventory.application;

/**
 * Two transactions reserved for one order at the same time, and this one came second. It is rolled
 * back; done anew, it finds what the first has left.
 */
public final class ConcurrentReservation extends RuntimeException {

  public ConcurrentReservation(String message) {
    super(message);
  }
}
