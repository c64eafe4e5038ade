package dev.reserva.inventory.application;

/**
 * Two transactions reserved for one order at the same time, and this one came second. It is rolled
 * back; run again, it finds what the first has left.
 */
public final class ConcurrentReservation extends RuntimeException {

  /**
   * @param cause the technology's own sign that the transaction may simply run again
   */
  public ConcurrentReservation(String message, Throwable cause) {
    super(message, cause);
  }
}
