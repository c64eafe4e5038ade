package dev.reserva.bench;

import dev.reserva.harness.Machine;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats a comparison as a table for the terminal. */
public final class ComparisonReport {
  private ComparisonReport() {}

  static String of(ComparisonResults results) {
    Machine machine = results.machine();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s against %s · %d cores (%s), %d MiB, %s, JDK %s · load before %.1f%n%d turns; medians, and the ratio of the turns as median (lowest..highest)%n%n",
            results.after(),
            results.before(),
            machine.cores(),
            machine.processor(),
            machine.memoryMib(),
            machine.kernel(),
            machine.java(),
            machine.loadAverage(),
            results.options().turns()));
    return text.append(table("before", "after", results.phases()))
        .append(verified(results.before(), results.verifiedBefore()))
        .append(verified(results.after(), results.verifiedAfter()))
        .toString();
  }

  /**
   * Formats phases as a table.
   *
   * @param before heading of the divisor of the ratios
   */
  public static String table(String before, String after, List<ComparedPhase> phases) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-34s %-20s %10s %10s %7s  %s%n",
            "phase",
            "figure",
            before,
            after,
            "ratio",
            "(spread)"));
    for (ComparedPhase phase : phases) {
      String name = phase.name();
      for (ComparedPhase.Figure figure : phase.figures()) {
        text.append(row(name, figure));
        name = "";
      }
      if (phase.worst().isTooMuch()) {
        text.append(String.format(Locale.ROOT, "%-34s %s in one turn%n", "", phase.worst().flag()));
      }
    }
    return text.toString();
  }

  private static String row(String phase, ComparedPhase.Figure figure) {
    return String.format(
        Locale.ROOT,
        "%-34s %-20s %10s %10s %7s  %s%n",
        phase,
        figure.name(),
        median(figure.before()),
        median(figure.after()),
        figure.ratio() == null ? "–" : number(figure.ratio().median()),
        figure.ratio() == null
            ? ""
            : "(" + number(figure.ratio().min()) + ".." + number(figure.ratio().max()) + ")");
  }

  private static String median(@Nullable Spread spread) {
    return spread == null ? "–" : number(spread.median());
  }

  /** Formats three significant digits without an exponent. */
  private static String number(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%.0f", value);
  }

  /** Says what was checked. */
  public static String verified(String version, Verified verified) {
    return String.format(
        Locale.ROOT,
        "verified %s: %d accepted, %d confirmed, %d invariants hold%n",
        version,
        verified.accepted(),
        verified.confirmed(),
        verified.checks());
  }
}
