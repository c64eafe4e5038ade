package dev.reserva.simulation;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of one schedule.
 *
 * @param steps how many steps were taken
 * @param events how many events stand in the log
 * @param fingerprint of everything that happened
 * @param violation the first one; absent when all is well
 * @param last the last lines of what happened
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
   * @param detail what was found
   */
  public record Violation(Invariant invariant, String detail) {
    @Override
    public String toString() {
      return "%s (%s): %s".formatted(invariant, invariant.meaning(), detail);
    }
  }

  /** Everything that whoever looks into it needs. */
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
