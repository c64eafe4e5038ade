package dev.reserva.bench;

import java.util.Map;

/**
 * One phase of a comparison. Each version runs it.
 *
 * @param counted whether the database's costs per order are measured too
 */
record ComparisonStep(String name, boolean counted, Work work) {

  /** Runs the load on a version. */
  @FunctionalInterface
  interface Work {
    Outcome measure(Contender contender, Target target) throws Exception;
  }

  /**
   * The result of a phase for one version.
   *
   * @param figures by name, in the order of the table
   * @param orders that became CONFIRMED
   */
  record Outcome(Map<String, Double> figures, long orders, ForeignCpu foreign) {}
}
