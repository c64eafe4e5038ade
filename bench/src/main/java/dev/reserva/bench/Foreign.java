package dev.reserva.bench;

import java.util.Locale;

/**
 * CPU time that went elsewhere during a phase, in percent of all processors of the machine.
 *
 * @param othersPercent processes that do not belong to the bench
 * @param restingPercent the server of a comparison that has nothing to do just then
 * @param stolenPercent other virtual machines of the host, as far as it tells
 */
public record Foreign(double othersPercent, double restingPercent, double stolenPercent) {
  /** Figures of a phase in which more than this went elsewhere are flagged. */
  static final double LIMIT_PERCENT = 5;

  /** Whether the phase was disturbed. */
  boolean isTooMuch() {
    return total() > LIMIT_PERCENT;
  }

  private double total() {
    return othersPercent + restingPercent + stolenPercent;
  }

  /** The more disturbed of two phases. */
  public Foreign worse(Foreign other) {
    return other.total() > total() ? other : this;
  }

  /** For a table: empty if the phase was not disturbed. */
  public String flag() {
    return isTooMuch() ? String.format(Locale.ROOT, "! %.0f %% foreign CPU", total()) : "";
  }
}
