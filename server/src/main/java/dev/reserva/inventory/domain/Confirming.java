package dev.reserva.inventory.domain;

import java.util.List;

/** What came of an order's payment. */
public sealed interface Confirming {

  /**
   * The stock is the order's for good.
   *
   * @param crossings of a renewal, which takes from what is available
   */
  record Confirmed(Reservation reservation, List<Crossing> crossings) implements Confirming {}

  /**
   * The reservation is gone and could not be renewed.
   *
   * @param shortages empty when there never was a reservation
   */
  record Failed(List<Shortage> shortages) implements Confirming {}

  /** The order got its last answer before; nothing changed. */
  record AlreadySettled() implements Confirming {}
}
