package dev.reserva.bench;

import dev.reserva.harness.Machine;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results as a table for the terminal. */
final class Report {
  private Report() {}

  static String of(Results results) {
    StringBuilder text = new StringBuilder();
    Machine machine = results.machine();
    text.append(
        String.format(
            Locale.ROOT,
            "%s · %d cores (%s), %d MiB, %s, JDK %s · load before %.1f%n%n",
            results.commit(),
            machine.cores(),
            machine.processor(),
            machine.memoryMib(),
            machine.kernel(),
            machine.java(),
            machine.loadAverage()));
    text.append(
        String.format(
            Locale.ROOT,
            "%-34s %8s %9s %7s %8s %8s %8s  %s%n",
            "closed loop",
            "clients",
            "orders/s",
            "ratio",
            "p50 ms",
            "p99 ms",
            "p99.9",
            "CPU µs/order"));
    results.baseline().forEach(throughput -> text.append(row(throughput)));
    results.server().forEach(throughput -> text.append(row(throughput)));
    Results.OpenLoop open = results.openLoop();
    Latency millis = open.millis();
    text.append(
        String.format(
            Locale.ROOT,
            "%nopen loop, whole sagas: %.0f/s asked, %.0f/s done · p50 %.1f · p95 %.1f · p99 %.1f · p99.9 %.1f · max %.1f ms%n",
            open.ordersPerSecond(),
            open.achievedPerSecond(),
            millis.p50(),
            millis.p95(),
            millis.p99(),
            millis.p999(),
            millis.max()));
    Results.PerOrder cost = results.perOrder();
    text.append(
        String.format(
            Locale.ROOT,
            "per order (of %d): %.1f events, %.0f bytes of event log, %.0f bytes of WAL, %.2f commits, rows: %.1f inserted, %.1f updated (%.1f HOT), %.1f deleted%n",
            cost.orders(),
            cost.events(),
            cost.eventLogBytes(),
            cost.walBytes(),
            cost.commits(),
            cost.rowsInserted(),
            cost.rowsUpdated(),
            cost.rowsUpdatedHot(),
            cost.rowsDeleted()));
    text.append(
        String.format(
            Locale.ROOT,
            "server's JVM: %d MiB resident, at most %d MiB%n",
            results.memory().atEndMib(),
            results.memory().peakMib()));
    text.append(idle(results.idle())).append(overload(results.overload()));
    results.statements().forEach(sent -> text.append(statements(sent)));
    text.append(history(results.history()));
    Results.Verified verified = results.verified();
    text.append(
        String.format(
            Locale.ROOT,
            "verified: %d accepted, %d confirmed, %d invariants hold%n",
            verified.accepted(),
            verified.confirmed(),
            verified.checks()));
    return text.toString();
  }

  private static String idle(Idling.Figures idle) {
    return String.format(
        Locale.ROOT,
        "idle for %d s: JVM %.2f %% + database %.2f %% of a core · a lone order to CONFIRMED p50 %.1f · p99 %.1f ms · its event to its handler's fact p50 %.1f · p99 %.1f ms%n",
        idle.seconds(),
        idle.serverPercent(),
        idle.databasePercent(),
        idle.millis().p50(),
        idle.millis().p99(),
        idle.reactionMillis().p50(),
        idle.reactionMillis().p99());
  }

  private static String overload(Overload.Figures overload) {
    long calls =
        overload.accepted()
            + overload.refused()
            + overload.odd().values().stream().mapToLong(Long::longValue).sum();
    Overload.Memory memory = overload.memory();
    return String.format(
        Locale.ROOT,
        "overload, %.0f/s asked over %d connections for %d s: %d calls, %.1f %% accepted (%.0f/s), %.1f %% 503 with Retry-After, otherwise %s · accepted p50 %.0f · p99 %.0f ms · all settled after %.1f s · resident %d → at most %d → %d MiB, heap %d → %d MiB%n",
        overload.askedPerSecond(),
        overload.connections(),
        overload.seconds(),
        calls,
        100.0 * overload.accepted() / Math.max(1, calls),
        overload.acceptedPerSecond(),
        100.0 * overload.refused() / Math.max(1, calls),
        overload.odd().isEmpty() ? "none" : overload.odd(),
        overload.acceptedMillis().p50(),
        overload.acceptedMillis().p99(),
        overload.settledAfterSeconds(),
        memory.residentBeforeMib(),
        memory.residentPeakMib(),
        memory.residentAfterMib(),
        memory.heapBeforeMib(),
        memory.heapAfterMib());
  }

  private static String statements(StatementCount.Figures sent) {
    return String.format(
        Locale.ROOT,
        "statements per order, %d clients: %.2f, of which begin, commit and rollback %.2f%n",
        sent.clients(),
        sent.perOrder(),
        sent.transactionControlPerOrder());
  }

  private static String history(History.@Nullable Figures history) {
    return history == null
        ? "history: none given, not replayed\n"
        : String.format(
            Locale.ROOT,
            "history %s: %.0f orders/s in %.1f s · p50 %.1f · p99 %.1f ms%n",
            history.file(),
            history.ordersPerSecond(),
            history.seconds(),
            history.p50Millis(),
            history.p99Millis());
  }

  private static String row(Results.Throughput throughput) {
    StringBuilder cpu = new StringBuilder();
    throughput
        .cpuMicrosPerOrder()
        .forEach((who, micros) -> cpu.append(String.format(Locale.ROOT, "%s %.0f  ", who, micros)));
    return String.format(
        Locale.ROOT,
        "%-34s %8d %9.0f %7.2f %8.1f %8.1f %8.1f  %s%n",
        throughput.name(),
        throughput.clients(),
        throughput.ordersPerSecond(),
        throughput.ratio(),
        throughput.millis().p50(),
        throughput.millis().p99(),
        throughput.millis().p999(),
        cpu.toString().strip());
  }
}
