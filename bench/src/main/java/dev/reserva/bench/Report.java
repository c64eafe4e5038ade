package dev.reserva.bench;

import dev.reserva.harness.Machine;
import java.util.Locale;

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
