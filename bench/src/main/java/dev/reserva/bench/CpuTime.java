package dev.reserva.bench;

import dev.reserva.harness.MachineCpu;
import dev.reserva.harness.ProcessCpu;
import java.io.IOException;
import java.time.Duration;

/**
 * CPU time by who used it.
 *
 * @param server the server's JVM; zero while the baseline is measured
 * @param database its PostgreSQL, or the baseline's
 * @param generator this program, and what it started that has ended, such as a replay
 * @param resting the other server of a comparison with its database, while it has nothing to do
 * @param machine all processes of the machine together
 */
public record CpuTime(
    Duration server, Duration database, Duration generator, Duration resting, MachineCpu machine) {

  /** Tells the CPU time used so far. */
  @FunctionalInterface
  public interface Clock {
    CpuTime now() throws IOException;
  }

  /** CPU time used so far; this program and the machine are looked at here. */
  public static CpuTime now(Duration server, Duration database, Duration resting)
      throws IOException {
    return new CpuTime(
        server, database, ProcessCpu.withEnded(ProcessHandle.current()), resting, MachineCpu.now());
  }

  /** What was used since then. */
  public CpuTime since(CpuTime then) {
    return new CpuTime(
        server.minus(then.server),
        database.minus(then.database),
        generator.minus(then.generator),
        resting.minus(then.resting),
        machine.since(then.machine));
  }

  /** The same for each of so many orders. */
  public PerOrder perOrder(long orders) {
    return new PerOrder(
        micros(server, orders), micros(database, orders), micros(generator, orders));
  }

  private static double micros(Duration time, long orders) {
    return orders == 0 ? 0 : time.toNanos() / 1000.0 / orders;
  }

  /** What the machine spent on others, between two looks. */
  public Foreign foreign() {
    Duration ours = server.plus(database).plus(generator).plus(resting);
    Duration others = machine.busy().minus(ours);
    return new Foreign(
        // The machine's counters are sampled, the processes' are exact, so it may seem below zero.
        Math.max(0, machine.percent(others)),
        machine.percent(resting),
        machine.percent(machine.stolen()));
  }

  /** CPU time for one order, in microseconds. */
  public record PerOrder(double serverMicros, double databaseMicros, double generatorMicros) {}
}
