package dev.reserva.bench.transports;

import dev.reserva.bench.ComparedPhase;
import dev.reserva.bench.Verified;
import java.util.List;
import java.util.Objects;

/**
 * The figures of one system.
 *
 * @param name such as {@code split, kafka}
 * @param processes of the server's program, the gateway among them
 * @param phases in each, "before" is the reference and "after" this system
 */
record SystemFigures(
    String name, int processes, List<ComparedPhase> phases, Traffic traffic, Verified verified) {

  /** The median rate of the system in a phase. */
  static double ordersPerSecond(ComparedPhase phase) {
    return phase.figures().stream()
        .filter(figure -> figure.name().equals("orders/s"))
        .map(figure -> Objects.requireNonNull(figure.after()))
        .findFirst()
        .orElseThrow()
        .median();
  }
}
