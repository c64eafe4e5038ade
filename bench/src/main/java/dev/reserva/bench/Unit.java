package dev.reserva.bench;

import dev.reserva.bench.Results.Throughput;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of the baseline with the most connections, which are 1.00 in every ratio.
 *
 * @param cpuMicros CPU time of an order in the database and in its client
 */
record Unit(double perSecond, double cpuMicros) {

  static Unit of(BaselineRun.Figures most) {
    return new Unit(most.measured().perSecond(), cpuMicros(most));
  }

  /** Includes the baseline's client, which does the work of a server's JVM. */
  private static double cpuMicros(BaselineRun.Figures baseline) {
    CpuTime.PerOrder micros = baseline.used().perOrder(baseline.measured().succeeded());
    return micros.databaseMicros() + micros.generatorMicros();
  }

  Throughput throughput(BaselineRun.Figures baseline) {
    Map<String, Double> cpu = cpu(baseline.used().perOrder(baseline.measured().succeeded()));
    cpu.remove("server");
    return new Throughput(
        "baseline",
        baseline.connections(),
        baseline.measured().perSecond(),
        baseline.measured().perSecond() / perSecond,
        baseline.measured().latency(),
        cpu,
        cpuMicros(baseline) / cpuMicros,
        baseline.used().foreign());
  }

  /**
   * @param rate orders per second, until they are accepted or decided
   */
  Throughput throughput(String name, int clients, Phase phase, double rate) {
    CpuTime.PerOrder micros = phase.cpuPerOrder();
    return new Throughput(
        name,
        clients,
        rate,
        rate / perSecond,
        phase.measured().latency(),
        cpu(micros),
        (micros.serverMicros() + micros.databaseMicros()) / cpuMicros,
        phase.used().foreign());
  }

  /** The members of the results file. */
  static Map<String, Double> cpu(CpuTime.PerOrder micros) {
    Map<String, Double> cpu = new LinkedHashMap<>();
    cpu.put("server", micros.serverMicros());
    cpu.put("database", micros.databaseMicros());
    cpu.put("generator", micros.generatorMicros());
    return cpu;
  }
}
