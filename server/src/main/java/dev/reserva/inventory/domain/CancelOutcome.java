package dev.reserva.inventory.domain;

import java.util.List;

/** The outcome of an order's cancellation. */
public sealed interface CancelOutcome {

  /**
   * The reserved stock is available again. The reservation is RELEASED, or EXPIRED if it was
   * overdue.
   */
  record GivenBack(Reservation reservation) implements CancelOutcome {}

  /**
   * Confirmed goods are back in stock.
   *
   * @param levels after the return, in the order of the reservation's lines
   */
  record Returned(Reservation reservation, List<StockLevel> levels) implements CancelOutcome {}

  /** No stock is held for the order, and none will be. */
  record NothingHeld() implements CancelOutcome {}
}
