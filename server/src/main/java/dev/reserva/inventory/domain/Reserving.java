package dev.reserva.inventory.domain;

import java.util.List;
import java.util.UUID;

/** What came of reserving stock for an order. */
public sealed interface Reserving {

  /** Every line is held. */
  record Reserved(Reservation reservation, List<Crossing> crossings) implements Reserving {}

  /**
   * Not every line can be held, so none is.
   *
   * @param unknown products that do not exist
   * @param inactive products that can no longer be ordered
   */
  record FellShort(List<Shortage> shortages, List<UUID> unknown, List<UUID> inactive)
      implements Reserving {}

  /** The order has been answered before; nothing changed. */
  record AlreadyKnown(Reservation reservation) implements Reserving {}
}
