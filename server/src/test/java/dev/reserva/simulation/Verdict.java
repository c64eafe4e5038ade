package dev.reserva.simulation;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of one schedule.
 *
 * @param steps number of steps
 * @param events number of events in the log
 * @param fingerprint of everything that happened
 * @param violation the first violation; absent if there is none
 * @param last the last lines of the trace
 */
public record Verdict(
    long seed,
    long steps,
    long events,
    Tally tally,
    long fingerprint,
    @Nullable Violation violation,
    List<String> last) {

  /**
   * @param detail description of the violation
   */
  public record Violation(Invariant invariant, String detail) {
    @Override
    public String toString() {
      return "%s (%s): %s".formatted(invariant, invariant.meaning(), detail);
    }
  }

  /** The text of a failure, with all details. */
  public String report(@Nullable PlantedBug bug) {
    return "seed %d: %s%n%s%nplay it again: ./reserva simulate --seed %d%s"
        .formatted(
            seed,
            violation == null ? "all invariants hold" : violation,
            last.stream().map(line -> "  " + line).collect(Collectors.joining("\n")),
            seed,
            bug == null ? "" : " --plant " + bug);
  }
}
