package dev.reserva.cli.replay;

import dev.reserva.cli.IntegrityReport;
import dev.reserva.cli.Table;
import dev.reserva.cli.api.Integrity;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of a replay.
 *
 * @param lines of the files, counted before anything else was done
 * @param fates the outcome of each
 * @param skippedCodes codes that are not products, with the number of their lines
 * @param outcomes the final states of the orders
 * @param differingPrices lines that were sold at another price than the catalogue's
 * @param duration from the first order until the last order is decided
 */
record Report(
    long lines,
    Tally fates,
    Tally skippedCodes,
    Tally outcomes,
    long differingPrices,
    long failures,
    Duration duration,
    Optional<Duration> median,
    Optional<Duration> slowest99,
    Integrity integrity) {

  boolean addsUp() {
    return fates.sum() == lines;
  }

  boolean ok() {
    return addsUp() && integrity.ok() && failures == 0;
  }

  @Override
  public String toString() {
    Table lineTable = Table.of("what became of the lines", "lines");
    fates.entries().forEach(fate -> lineTable.row(fate.getKey(), number(fate.getValue())));
    lineTable.row("sum", number(fates.sum()));
    lineTable.row("lines in the files", number(lines));
    Table codeTable = Table.of("codes that are no products", "lines");
    skippedCodes.entries().forEach(code -> codeTable.row(code.getKey(), number(code.getValue())));
    Table orderTable = Table.of("orders", "count");
    outcomes.entries().forEach(state -> orderTable.row(state.getKey(), number(state.getValue())));
    orderTable.row("sum", number(outcomes.sum()));
    double seconds = Math.max(0.001, duration.toMillis() / 1000.0);
    return String.join(
        "\n",
        lineTable.toString(),
        codeTable.toString(),
        orderTable.toString(),
        String.format(
            Locale.ROOT,
            "    %.1f s, %.0f orders/s; from the request to CONFIRMED: p50 %s, p99 %s",
            seconds,
            outcomes.sum() / seconds,
            milliseconds(median),
            milliseconds(slowest99)),
        String.format(
            Locale.ROOT,
            "    %,d lines had another price than the catalogue's, which is the first one seen; the"
                + " catalogue's counted.%n",
            differingPrices),
        IntegrityReport.of(integrity),
        verdict());
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String milliseconds(Optional<Duration> duration) {
    return duration.map(d -> String.format(Locale.ROOT, "%.1f ms", d.toNanos() / 1e6)).orElse("-");
  }

  private String verdict() {
    if (!addsUp()) {
      return "THE COUNTS DO NOT ADD UP: %d lines in the files, %d counted."
          .formatted(lines, fates.sum());
    }
    if (failures > 0) {
      return "The counts add up, but %d requests FAILED.".formatted(failures);
    }
    return integrity.ok()
        ? "The counts add up, and every invariant holds."
        : "The counts add up, but AN INVARIANT IS BROKEN.";
  }
}
