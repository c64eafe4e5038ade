package dev.reserva.bench;

import java.time.Duration;

/** CPU time by who used it. */
public record CpuTime(Duration server, Duration database, Duration generator) {

  /** What was used since then. */
  public CpuTime since(CpuTime then) {
    return new CpuTime(
        server.minus(then.server), database.minus(then.database), generator.minus(then.generator));
  }

  /** The same for each of so many orders. */
  PerOrder perOrder(long orders) {
    return new PerOrder(
        micros(server, orders), micros(database, orders), micros(generator, orders));
  }

  private static double micros(Duration time, long orders) {
    return orders == 0 ? 0 : time.toNanos() / 1000.0 / orders;
  }

  /** CPU time for one order, in microseconds. */
  record PerOrder(double serverMicros, double databaseMicros, double generatorMicros) {}
}
