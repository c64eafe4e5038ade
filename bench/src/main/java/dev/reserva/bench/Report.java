package dev.reserva.bench;

import dev.reserva.harness.Machine;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats the results as tables for the terminal. */
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
            "%-34s %8s %9s %7s %8s %8s %8s %9s  %s%n",
            "closed loop",
            "clients",
            "orders/s",
            "ratio",
            "p50 ms",
            "p99 ms",
            "p99.9",
            "CPU ratio",
            "CPU µs/order"));
    results.baseline().forEach(throughput -> text.append(row(throughput)));
    results.server().forEach(throughput -> text.append(row(throughput)));
    Results.OpenLoop open = results.openLoop();
    Latency millis = open.millis();
    text.append(
        String.format(
            Locale.ROOT,
            "%nopen loop, whole sagas: %.0f/s asked, %.0f/s done, %.1f %% refused · p50 %.1f · p95 %.1f · p99 %.1f · p99.9 %.1f · max %.1f ms · CPU µs/order %s %s%n",
            open.ordersPerSecond(),
            open.achievedPerSecond(),
            open.refusedPercent(),
            millis.p50(),
            millis.p95(),
            millis.p99(),
            millis.p999(),
            millis.max(),
            cpu(open.cpuMicrosPerOrder()),
            open.foreign().flag()));
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
    text.append(history(results.history())).append(snapshot(results.snapshot()));
    Verified verified = results.verified();
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
        "idle for %d s: JVM %.2f %% + database %.2f %% of a core · a lone order to CONFIRMED p50 %.1f · p99 %.1f ms · its event to its handler's fact p50 %.1f · p99 %.1f ms %s%n",
        idle.seconds(),
        idle.serverPercent(),
        idle.databasePercent(),
        idle.millis().p50(),
        idle.millis().p99(),
        idle.reactionMillis().p50(),
        idle.reactionMillis().p99(),
        idle.foreign().flag());
  }

  private static String overload(Overload.Figures overload) {
    Overload.Memory memory = overload.memory();
    return String.format(
            Locale.ROOT,
            "overload, %.0f/s asked over %d connections for %d s: %d calls, %d accepted: p50 %.0f · p99 %.0f ms since due, goodput %.0f/s = %.0f %% of the best rate, %.1f %% refused: p99 %.0f ms, otherwise %s%n",
            overload.askedPerSecond(),
            overload.connections(),
            overload.seconds(),
            overload.calls(),
            overload.accepted(),
            overload.acceptedMillis().p50(),
            overload.acceptedMillis().p99(),
            overload.goodputPerSecond(),
            overload.goodputPercent(),
            overload.refusedPercent(),
            overload.refusalMillis().p99(),
            overload.odd().isEmpty() ? "none" : overload.odd())
        + String.format(
            Locale.ROOT,
            "  sent late by p99 %.0f ms · all settled after %.1f s · resident %d → at most %d → %d MiB, heap %d → %d MiB %s%n",
            overload.lateMillis().p99(),
            overload.settledAfterSeconds(),
            memory.residentBeforeMib(),
            memory.residentPeakMib(),
            memory.residentAfterMib(),
            memory.heapBeforeMib(),
            memory.heapAfterMib(),
            overload.foreign().flag());
  }

  private static String snapshot(LongSnapshot.@Nullable Figures snapshot) {
    if (snapshot == null) {
      return "";
    }
    return String.format(
            Locale.ROOT,
            "snapshot held for %d s under whole sagas, %d clients (%d invariants hold after %d orders)%n",
            snapshot.holdSeconds(),
            snapshot.clients(),
            snapshot.verified().checks(),
            snapshot.verified().confirmed())
        + part("without", snapshot, snapshot.without())
        + part("first part", snapshot, snapshot.first())
        + part("last part", snapshot, snapshot.last())
        + part("afterwards", snapshot, snapshot.after());
  }

  private static String part(String name, LongSnapshot.Figures all, LongSnapshot.Part part) {
    return String.format(
        Locale.ROOT,
        "  %-10s %6.0f orders/s = %3.0f %% · p99 %.1f ms · CPU µs/order JVM %.0f + database %.0f %s%n",
        name,
        part.ordersPerSecond(),
        all.percent(part),
        part.millis().p99(),
        part.serverMicros(),
        part.databaseMicros(),
        part.foreign().flag());
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
            "history %s: %.0f orders/s in %.1f s · p50 %.1f · p99 %.1f ms %s%n",
            history.file(),
            history.ordersPerSecond(),
            history.seconds(),
            history.p50Millis(),
            history.p99Millis(),
            history.foreign().flag());
  }

  private static String row(Results.Throughput throughput) {
    return String.format(
        Locale.ROOT,
        "%-34s %8d %9.0f %7.2f %8.1f %8.1f %8.1f %9.2f  %s  %s%n",
        throughput.name(),
        throughput.clients(),
        throughput.ordersPerSecond(),
        throughput.ratio(),
        throughput.millis().p50(),
        throughput.millis().p99(),
        throughput.millis().p999(),
        throughput.cpuRatio(),
        cpu(throughput.cpuMicrosPerOrder()),
        throughput.foreign().flag());
  }

  private static String cpu(Map<String, Double> micros) {
    return micros.entrySet().stream()
        .map(part -> String.format(Locale.ROOT, "%s %.0f", part.getKey(), part.getValue()))
        .collect(Collectors.joining("  "));
  }
}
