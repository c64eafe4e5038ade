package dev.reserva.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** What the server uses when nobody wants anything, and how soon a lone order wakes it. */
final class Idling {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Idling() {}

  /**
   * @param serverPercent of one core, used by the JVM while idle
   * @param databasePercent of one core, used by PostgreSQL while idle
   * @param foreign CPU time of others while idle
   * @param orders lone ones, 200 ms after each other
   * @param millis from each order's request to CONFIRMED
   * @param reactionMillis from the announcement of each order to that of its reservation: its event
   *     was appended, committed, read and handled meanwhile
   */
  record Figures(
      long seconds,
      double serverPercent,
      double databasePercent,
      Foreign foreign,
      long orders,
      Latency millis,
      Latency reactionMillis) {}

  static Figures measure(Scene scene, Duration idle, int orders) throws Exception {
    Rest rest = rest(scene.target(), idle);
    long logEnd = scene.database().logEnd();
    Latency millis = loneOrders(scene.shop(), orders);
    return new Figures(
        idle.toSeconds(),
        rest.serverPercent(),
        rest.databasePercent(),
        rest.foreign(),
        orders,
        millis,
        reactions(scene, logEnd, orders));
  }

  /** CPU time while nobody wants anything, the server's and the database's in percent of a core. */
  record Rest(double serverPercent, double databasePercent, Foreign foreign) {}

  /** Does nothing for a while, and tells what that cost. */
  static Rest rest(Target target, Duration idle) throws IOException, InterruptedException {
    CpuTime before = target.cpuTime();
    long started = System.nanoTime();
    Thread.sleep(idle);
    CpuTime used = target.cpuTime().since(before);
    double nanos = System.nanoTime() - started;
    return new Rest(percent(used.server(), nanos), percent(used.database(), nanos), used.foreign());
  }

  /** From each order's request to CONFIRMED. */
  static Latency loneOrders(Shop shop, int orders) throws Exception {
    Histogram micros = Latency.micros();
    try (Client buyer = shop.wholeSagas().open()) {
      for (int i = 0; i < orders; i++) {
        Thread.sleep(PAUSE);
        long from = System.nanoTime();
        if (!buyer.call()) {
          throw new BenchFailure("a lone order was turned away");
        }
        Latency.record(micros, System.nanoTime() - from);
      }
    }
    return Latency.of(micros);
  }

  private static Latency reactions(Scene scene, long after, int orders) throws SQLException {
    Histogram micros = scene.database().reactions(after);
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
