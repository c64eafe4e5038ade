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
   * @param unknown products that there are not at all
   */
  record FellShort(List<Shortage> shortages, List<UUID> unknown) implements Reserving {}

  /** The order has been answered before; nothing changed. */
  record AlreadyKnown(Reservation reservation) implements Reserving {}
}
