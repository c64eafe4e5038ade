package dev.reserva.bench;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Judges whether a run was real work: a run that cannot prove it has no result. */
final class Proof {
  private Proof() {}

  /**
   * Checks that all accepted orders, and no others but unanswered ones, are stored as CONFIRMED and
   * that all invariants hold.
   *
   * @param states how many orders are stored in each state
   * @param mayBeStored orders whose calls had no answer: each is stored or not
   * @param integrity what the server says of its invariants
   * @throws BenchFailure otherwise
   */
  static Results.Verified of(
      Map<String, Long> states, long accepted, long mayBeStored, JsonNode integrity) {
    long confirmed = states.getOrDefault("CONFIRMED", 0L);
    if (states.size() != 1 || confirmed < accepted || confirmed > accepted + mayBeStored) {
      throw new BenchFailure(
          "%d orders were accepted, %d had no answer, they are %s"
              .formatted(accepted, mayBeStored, states));
    }
    if (!integrity.path("ok").asBoolean(false)) {
      throw new BenchFailure("an invariant is broken: " + integrity);
    }
    return new Results.Verified(
        accepted, mayBeStored, confirmed, true, integrity.path("checks").size());
  }
}
