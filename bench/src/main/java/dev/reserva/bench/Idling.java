package dev.reserva.bench;

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
   * @param orders lone ones, 200 ms after each other
   * @param millis from each order's request to CONFIRMED
   * @param reactionMillis from the announcement of each order to that of its reservation: its event
   *     was appended, committed, read and handled meanwhile
   */
  record Figures(
      long seconds,
      double serverPercent,
      double databasePercent,
      long orders,
      Latency millis,
      Latency reactionMillis) {}

  static Figures measure(Scene scene, Duration idle, int orders) throws Exception {
    CpuTime before = scene.server().cpuTime();
    long started = System.nanoTime();
    Thread.sleep(idle);
    CpuTime used = scene.server().cpuTime().since(before);
    double nanos = System.nanoTime() - started;

    long logEnd = scene.database().logEnd();
    Histogram micros = Latency.micros();
    try (Client buyer = scene.shop().wholeSagas().open()) {
      for (int i = 0; i < orders; i++) {
        Thread.sleep(PAUSE);
        long from = System.nanoTime();
        if (!buyer.call()) {
          throw new BenchFailure("a lone order was turned away");
        }
        Latency.record(micros, System.nanoTime() - from);
      }
    }
    return new Figures(
        idle.toSeconds(),
        percent(used.server(), nanos),
        percent(used.database(), nanos),
        orders,
        Latency.of(micros),
        reactions(scene, logEnd, orders));
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
