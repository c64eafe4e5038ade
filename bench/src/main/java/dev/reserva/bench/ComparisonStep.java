package dev.reserva.bench;

/**
 * One phase of a comparison. Each version runs it.
 *
 * @param counted whether the database's costs per order are measured too
 */
record ComparisonStep(String name, boolean counted, Work work) {

  /** Runs the load on a version. */
  @FunctionalInterface
  interface Work {
    PhaseOutcome measure(Contender contender, Target target) throws Exception;
  }
}
