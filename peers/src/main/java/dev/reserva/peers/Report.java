package dev.reserva.peers;

import dev.reserva.bench.Spread;
import dev.reserva.harness.Machine;
import java.util.Locale;

/** Formats the results as tables for the terminal. */
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
            "medians of %d turns of %d s; in brackets the minimum and the maximum%n%n",
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
                range(shop.spread(clients, Results.Phase::ordersPerSecond), 0),
                median(shop.spread(clients, phase -> phase.millis().p50()), 1),
                median(shop.spread(clients, phase -> phase.millis().p99()), 1),
                median(shop.spread(clients, phase -> phase.cpu().serverMicros()), 0),
                median(shop.spread(clients, phase -> phase.cpu().databaseMicros()), 0),
                median(shop.spread(clients, Results.Phase::commits), 2),
                median(shop.spread(clients, Results.Phase::walBytes), 0),
                median(shop.spread(clients, Results.Phase::foreignPercent), 1)));
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
              range(ratio.ordersPerSecond(), 2),
              range(ratio.p50(), 2),
              range(ratio.p99(), 2),
              range(ratio.cpu(), 2)));
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

  private static String median(Spread figures, int decimals) {
    return number(figures.median(), decimals);
  }

  private static String range(Spread figures, int decimals) {
    return "%s [%s–%s]"
        .formatted(
            number(figures.median(), decimals),
            number(figures.min(), decimals),
            number(figures.max(), decimals));
  }

  private static String number(double figure, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", figure);
  }
}
