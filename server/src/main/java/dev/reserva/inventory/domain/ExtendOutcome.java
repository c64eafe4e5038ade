package dev.reserva.inventory.domain;

/** The outcome of extending a reservation. Nothing changed unless it is {@link Extended}. */
public sealed interface ExtendOutcome {

  Reservation reservation();

  /** It ends later now. */
  record Extended(Reservation reservation) implements ExtendOutcome {}

  /** It was extended before. */
  record ExtendedBefore(Reservation reservation) implements ExtendOutcome {}

  /** It lasts as long as that already. */
  record NotLonger(Reservation reservation) implements ExtendOutcome {}

  /**
   * It has ended.
   *
   * @param how EXPIRED also when it is overdue and its expiry is not recorded yet
   */
  record HasEnded(Reservation reservation, ReservationStatus how) implements ExtendOutcome {}
}
