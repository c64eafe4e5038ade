package dev.reserva.inventory.domain;

/** The outcome of ending one reservation. The first resolution wins. */
public sealed interface ResolveOutcome {

  Reservation reservation();

  /** It has ended as requested. */
  record Ended(Reservation reservation) implements ResolveOutcome {}

  /** It had ended in the same way before. Nothing changed. */
  record EndedBefore(Reservation reservation) implements ResolveOutcome {}

  /** It cannot be confirmed while it waits for stock. Nothing changed. */
  record Waits(Reservation reservation) implements ResolveOutcome {}

  /**
   * It had ended in another way. Nothing changed.
   *
   * @param how EXPIRED also when it is overdue and its expiry is not recorded yet
   */
  record EndedOtherwise(Reservation reservation, ReservationStatus how) implements ResolveOutcome {}
}
