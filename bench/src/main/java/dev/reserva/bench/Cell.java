package dev.reserva.bench;

import java.util.Map;

/**
 * One phase of a comparison: the same is done with each version.
 *
 * @param counted whether the database's costs per order are told, too
 */
record Cell(String name, boolean counted, Work work) {

  /** Puts the load on a version. */
  @FunctionalInterface
  interface Work {
    Outcome measure(Contender contender, Target target) throws Exception;
  }

  /**
   * What came of it.
   *
   * @param figures by their names, in the order of the table
   * @param orders that were taken to CONFIRMED
   */
  record Outcome(Map<String, Double> figures, long orders, Foreign foreign) {}
}
