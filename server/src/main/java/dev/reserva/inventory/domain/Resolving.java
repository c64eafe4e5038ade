package dev.reserva.inventory.domain;

/** What came of ending a reservation by hand: the first resolution wins. */
public sealed interface Resolving {

  Reservation reservation();

  /** It ended now, as asked. */
  record Ended(Reservation reservation) implements Resolving {}

  /** It had ended in the same way before; nothing changed. */
  record EndedBefore(Reservation reservation) implements Resolving {}

  /**
   * It ended in another way; nothing changed.
   *
   * @param how EXPIRED also when its time is over and nobody has written that down yet
   */
  record EndedOtherwise(Reservation reservation, ReservationStatus how) implements Resolving {}
}
