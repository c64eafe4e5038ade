package dev.reserva.bench;

import dev.reserva.harness.MachineCpu;
import dev.reserva.harness.ProcessCpu;
import java.io.IOException;
import java.time.Duration;

/**
 * CPU time by process.
 *
 * @param server the server's JVM; zero while the baseline is measured
 * @param database the PostgreSQL of the server or of the baseline
 * @param generator this program and its child processes that have ended, such as a replay
 * @param resting the resting server of a comparison, with its database
 * @param machine all processes of the machine together
 */
public record CpuTime(
    Duration server, Duration database, Duration generator, Duration resting, MachineCpu machine) {

  /** Reads the CPU time used so far. */
  @FunctionalInterface
  public interface Clock {
    CpuTime now() throws IOException;
  }

  /** CPU time used so far. This method reads that of this program and of the machine. */
  public static CpuTime now(Duration server, Duration database, Duration resting)
      throws IOException {
    return new CpuTime(
        server, database, ProcessCpu.withEnded(ProcessHandle.current()), resting, MachineCpu.now());
  }

  /** The time used since an earlier reading. */
  public CpuTime since(CpuTime then) {
    return new CpuTime(
        server.minus(then.server),
        database.minus(then.database),
        generator.minus(then.generator),
        resting.minus(then.resting),
        machine.since(then.machine));
  }

  /** The time per order. */
  public PerOrder perOrder(long orders) {
    return new PerOrder(
        micros(server, orders), micros(database, orders), micros(generator, orders));
  }

  private static double micros(Duration time, long orders) {
    return orders == 0 ? 0 : time.toNanos() / 1000.0 / orders;
  }

  /** CPU time of other processes, between two readings. */
  public ForeignCpu foreign() {
    Duration ours = server.plus(database).plus(generator).plus(resting);
    Duration others = machine.busy().minus(ours);
    return new ForeignCpu(
        // The machine's counters are sampled, the processes' are exact: the difference can be
        // negative.
        Math.max(0, machine.percent(others)),
        machine.percent(resting),
        machine.percent(machine.stolen()));
  }

  /** CPU time for one order, in microseconds. */
  public record PerOrder(double serverMicros, double databaseMicros, double generatorMicros) {}
}
