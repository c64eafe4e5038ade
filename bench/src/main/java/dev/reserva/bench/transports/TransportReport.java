package dev.reserva.bench.transports;

import dev.reserva.bench.ComparisonReport;
import dev.reserva.harness.Machine;
import java.util.Locale;

/** Formats a comparison of transports as a table for the terminal. */
public final class TransportReport {
  private TransportReport() {}

  public static String of(TransportResults results) {
    Machine machine = results.machine();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s · %d cores (%s), %d MiB, %s, JDK %s · load before %.1f%n%d turns; medians, and the ratio of the turns to one process on PostgreSQL as median (lowest..highest)%n",
            results.commit(),
            machine.cores(),
            machine.processor(),
            machine.memoryMib(),
            machine.kernel(),
            machine.java(),
            machine.loadAverage(),
            results.options().turns()));
    for (SystemFigures system : results.systems()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n%s (processes of the program: %d)%n%s%s%s",
              system.name(),
              system.processes(),
              ComparisonReport.table("reference", "system", system.phases()),
              traffic(system.traffic()),
              ComparisonReport.verified(system.name(), system.verified())));
    }
    return text.append(ComparisonReport.verified("the reference", results.reference())).toString();
  }

  private static String traffic(Traffic traffic) {
    BrokerLimit limit = traffic.limit();
    if (limit == null) {
      return String.format(
          Locale.ROOT, "messages per order over a broker: %.2f%n", traffic.messagesPerOrder());
    }
    return String.format(
        Locale.ROOT,
        "messages per order over the broker: %.2f of %d bytes; %s alone: %.0f messages/s = %.0f orders/s; the system's best rate is %.0f %% of it%n",
        traffic.messagesPerOrder(),
        limit.bytes(),
        limit.tool(),
        limit.messagesPerSecond(),
        traffic.ordersPerSecondAtLimit(),
        traffic.percentOfLimit());
  }
}
