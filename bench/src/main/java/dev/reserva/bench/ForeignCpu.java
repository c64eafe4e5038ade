package dev.reserva.bench;

import java.util.Locale;

/**
 * CPU time that other processes used during a phase, in percent of all processors of the machine.
 *
 * @param othersPercent processes that do not belong to the bench
 * @param restingPercent the resting server of a comparison
 * @param stolenPercent other virtual machines of the host, as far as the host reports it
 */
public record ForeignCpu(double othersPercent, double restingPercent, double stolenPercent) {
  /** Above this, the figures of the phase are flagged. */
  static final double LIMIT_PERCENT = 5;

  /** Whether the phase was disturbed. */
  boolean isTooMuch() {
    return total() > LIMIT_PERCENT;
  }

  private double total() {
    return othersPercent + restingPercent + stolenPercent;
  }

  /** The more disturbed of two phases. */
  public ForeignCpu worse(ForeignCpu other) {
    return other.total() > total() ? other : this;
  }

  /** For a table: empty if the phase was not disturbed. */
  public String flag() {
    return isTooMuch() ? String.format(Locale.ROOT, "! %.0f %% foreign CPU", total()) : "";
  }
}
