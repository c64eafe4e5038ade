package dev.reserva.inventory.domain;

import java.util.List;

/** What came of an order's cancellation. */
public sealed interface Cancelling {

  /** What was held is available again: the reservation is RELEASED, or EXPIRED if it was late. */
  record GivenBack(Reservation reservation) implements Cancelling {}

  /**
   * Confirmed goods came back into stock.
   *
   * @param levels after it, in the order of the reservation's lines
   */
  record Returned(Reservation reservation, List<StockLevel> levels) implements Cancelling {}

  /** Nothing is held for the order, and nothing ever will be. */
  record NothingHeld() implements Cancelling {}
}
