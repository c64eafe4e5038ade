package dev.reserva.inventory.domain;

import java.util.List;

/** The outcome of an order's payment. */
public sealed interface ConfirmOutcome {

  /**
   * The stock has been taken for the order.
   *
   * @param crossings of a renewal, which takes available stock
   */
  record Confirmed(Reservation reservation, List<ThresholdCrossing> crossings)
      implements ConfirmOutcome {}

  /** The order is paid and waits for stock. */
  record Waits(Reservation reservation) implements ConfirmOutcome {}

  /**
   * The reservation had ended and could not be renewed.
   *
   * @param shortages empty when there never was a reservation
   */
  record Failed(List<Shortage> shortages) implements ConfirmOutcome {}

  /** The order was settled before. Nothing changed. */
  record AlreadySettled() implements ConfirmOutcome {}
}
