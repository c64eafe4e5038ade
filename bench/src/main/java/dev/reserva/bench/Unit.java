package dev.reserva.bench;

import dev.reserva.bench.Results.Throughput;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the baseline does with most connections: 1.00 of every ratio.
 *
 * @param cpuMicros for one order in the database and in its client
 */
record Unit(double perSecond, double cpuMicros) {

  static Unit of(BaselineRun.Figures most) {
    return new Unit(most.measured().perSecond(), cpuMicros(most));
  }

  /** The baseline's client does what a server's JVM does, so it counts. */
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
   * @param rate orders per second: where it ends is the caller's choice
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

  /** As it stands in the results file. */
  static Map<String, Double> cpu(CpuTime.PerOrder micros) {
    Map<String, Double> cpu = new LinkedHashMap<>();
    cpu.put("server", micros.serverMicros());
    cpu.put("database", micros.databaseMicros());
    cpu.put("generator", micros.generatorMicros());
    return cpu;
  }
}
