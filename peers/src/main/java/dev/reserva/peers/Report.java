package dev.reserva.peers;

import dev.reserva.harness.Machine;
import java.util.Locale;

/** The results as tables for the terminal. */
final class Report {
  private final StringBuilder text = new StringBuilder();

  private Report() {}

  static String of(Results results) {
    Report report = new Report();
    report.head(results);
    report.shops(results);
    if (!results.ratios().isEmpty()) {
      report.ratios(results);
    }
    results.shops().forEach(report::verdict);
    return report.text.toString();
  }

  private void head(Results results) {
    Machine machine = results.machine();
    text.append(
        String.format(
            Locale.ROOT,
            "%s · %d cores (%s), %d MiB, %s, JDK %s · load before %.1f%n",
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
            "medians of %d turns of %d s; in brackets the least and the most%n%n",
            results.options().turns(),
            results.options().phaseSeconds()));
  }

  private void shops(Results results) {
    String row = "%-16s %7s %18s %7s %7s %7s %7s %8s %7s %9s%n";
    text.append(
        String.format(
            row,
            "whole sagas",
            "clients",
            "orders/s",
            "p50 ms",
            "p99 ms",
            "JVM µs",
            "DB µs",
            "commits",
            "WAL B",
            "foreign %"));
    for (Results.Shop shop : results.rightShops()) {
      for (int clients : Comparison.CLIENTS) {
        text.append(
            String.format(
                row,
                shop.name(),
                clients,
                shop.spread(clients, Results.Phase::ordersPerSecond).text(0),
                shop.spread(clients, phase -> phase.millis().p50()).medianText(1),
                shop.spread(clients, phase -> phase.millis().p99()).medianText(1),
                shop.spread(clients, phase -> phase.cpu().serverMicros()).medianText(0),
                shop.spread(clients, phase -> phase.cpu().databaseMicros()).medianText(0),
                shop.spread(clients, Results.Phase::commits).medianText(2),
                shop.spread(clients, Results.Phase::walBytes).medianText(0),
                shop.spread(clients, Results.Phase::foreignPercent).medianText(1)));
      }
    }
    text.append('\n');
  }

  private void ratios(Results results) {
    String row = "%-24s %7s %20s %20s %20s %20s%n";
    text.append(
        String.format(
            row, "Reserva divided by", "clients", "orders/s", "p50", "p99", "CPU per order"));
    for (Results.Ratio ratio : results.ratios()) {
      text.append(
          String.format(
              row,
              ratio.peer(),
              ratio.clients(),
              ratio.ordersPerSecond().text(2),
              ratio.p50().text(2),
              ratio.p99().text(2),
              ratio.cpu().text(2)));
    }
    text.append('\n');
  }

  private void verdict(Results.Shop shop) {
    String name = shop.name() + " " + shop.version();
    if (shop.isRight()) {
      text.append("verified: ").append(name).append(", ").append(shop.orders()).append(" orders\n");
    } else {
      text.append("FAILED, no figures: ").append(name).append('\n');
      shop.faults().forEach(fault -> text.append("  ").append(fault).append('\n'));
    }
  }
}
