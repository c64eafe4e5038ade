package dev.reserva.inventory.domain;

import java.util.List;
import java.util.UUID;

/** The outcome of reserving stock for an order. */
public sealed interface ReserveOutcome {

  /** Every line is held, or waits for stock. */
  record Reserved(Reservation reservation, List<ThresholdCrossing> crossings)
      implements ReserveOutcome {}

  /**
   * Not every line can be held, so none is held.
   *
   * @param unknown products that do not exist
   * @param inactive products that can no longer be ordered
   */
  record FellShort(List<Shortage> shortages, List<UUID> unknown, List<UUID> inactive)
      implements ReserveOutcome {}

  /** The order was handled before. Nothing changed. */
  record AlreadyKnown(Reservation reservation) implements ReserveOutcome {}
}
