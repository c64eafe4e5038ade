package dev.reserva.bench;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Checks the orders of a run. A run that fails the check has no result. */
public final class Proof {
  private Proof() {}

  /**
   * Checks that exactly the accepted orders, and perhaps unanswered ones, are stored as CONFIRMED,
   * and that all invariants hold.
   *
   * @param states the number of stored orders by state
   * @param mayBeStored orders whose calls had no answer; each may be stored or not
   * @param integrity the server's integrity report
   * @throws BenchFailure otherwise
   */
  public static Verified of(
      Map<String, Long> states, long accepted, long mayBeStored, JsonNode integrity) {
    long confirmed = states.getOrDefault("CONFIRMED", 0L);
    if (states.size() != 1 || confirmed < accepted || confirmed > accepted + mayBeStored) {
      throw new BenchFailure(
          "%d orders were accepted and %d had no answer; stored are %s"
              .formatted(accepted, mayBeStored, states));
    }
    if (!integrity.path("ok").asBoolean(false)) {
      throw new BenchFailure("an invariant is broken: " + integrity);
    }
    return new Verified(accepted, mayBeStored, confirmed, true, integrity.path("checks").size());
  }
}
