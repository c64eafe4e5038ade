package dev.reserva.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Measures the CPU time of the idle server, and the latency of single orders. */
final class Idling {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Idling() {}

  /**
   * @param serverPercent of one core, used by the JVM while idle
   * @param databasePercent of one core, used by PostgreSQL while idle
   * @param foreign CPU time of other processes while idle
   * @param orders single orders, 200 ms after each other
   * @param millis from each order's request to CONFIRMED
   * @param reactionMillis from the event of each order to that of its reservation; meanwhile the
   *     first event was appended, committed, read and handled
   */
  record Figures(
      long seconds,
      double serverPercent,
      double databasePercent,
      ForeignCpu foreign,
      long orders,
      Latency millis,
      Latency reactionMillis) {}

  static Figures measure(MeasuredServer running, Duration idle, int orders) throws Exception {
    Rest rest = rest(running.target(), idle);
    long logEnd = running.database().logEnd();
    Latency millis = loneOrders(running.shop(), orders);
    return new Figures(
        idle.toSeconds(),
        rest.serverPercent(),
        rest.databasePercent(),
        rest.foreign(),
        orders,
        millis,
        reactions(running, logEnd, orders));
  }

  /** CPU time of the idle server and its database, in percent of a core. */
  record Rest(double serverPercent, double databasePercent, ForeignCpu foreign) {}

  /** Measures CPU time without load. */
  static Rest rest(Target target, Duration idle) throws IOException, InterruptedException {
    CpuTime before = target.cpuTime();
    long started = System.nanoTime();
    Thread.sleep(idle);
    CpuTime used = target.cpuTime().since(before);
    double nanos = System.nanoTime() - started;
    return new Rest(percent(used.server(), nanos), percent(used.database(), nanos), used.foreign());
  }

  /** Latency of single orders, from the request to CONFIRMED. */
  static Latency loneOrders(Shop shop, int orders) throws Exception {
    Histogram micros = Latency.micros();
    try (Client buyer = shop.wholeSagas().open()) {
      for (int i = 0; i < orders; i++) {
        Thread.sleep(PAUSE);
        long from = System.nanoTime();
        if (!buyer.call()) {
          throw new BenchFailure("a single order was refused");
        }
        Latency.record(micros, System.nanoTime() - from);
      }
    }
    return Latency.of(micros);
  }

  private static Latency reactions(MeasuredServer running, long after, int orders)
      throws SQLException {
    Histogram micros = running.database().reactions(after);
    if (micros.getTotalCount() != orders) {
      throw new BenchFailure(
          "%d of %d lone orders were reserved".formatted(micros.getTotalCount(), orders));
    }
    return Latency.of(micros);
  }

  private static double percent(Duration used, double nanos) {
    return 100 * used.toNanos() / nanos;
  }
}
