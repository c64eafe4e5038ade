package dev.reserva.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The phases of a comparison. Only the public API, PostgreSQL's statistics and the kernel's
 * counters are used, so that any two versions can be compared.
 */
final class ComparisonSteps {
  private final Plan plan;
  private final Contender old;
  private final int many;
  private double openLoopRate;

  /**
   * @param old half of its best rate before the first open loop is the rate of all open loops
   */
  ComparisonSteps(Plan plan, Contender old) {
    this.plan = plan;
    this.old = old;
    this.many = plan.clients().getLast();
  }

  /** All phases, in the order in which they are measured. */
  List<ComparisonStep> all() {
    List<ComparisonStep> steps = new ArrayList<>();
    for (int clients : plan.clients()) {
      steps.add(
          new ComparisonStep(
              "whole sagas, %d clients".formatted(clients),
              clients == many,
              (contender, target) -> sagas(contender, target, clients)));
    }
    steps.add(new ComparisonStep("hot SKU, %d clients".formatted(many), false, this::hot));
    steps.add(new ComparisonStep("accepted, %d clients".formatted(many), false, this::accepted));
    steps.add(new ComparisonStep("open loop at half of the old best", false, this::openLoop));
    steps.add(new ComparisonStep("idle, lone orders", false, this::idle));
    steps.add(
        new ComparisonStep(
            "overload, %.0f times the own best".formatted(Overload.TIMES), false, this::overload));
    return steps;
  }

  private PhaseOutcome sagas(Contender contender, Target target, int clients) throws Exception {
    Phase phase = Phase.closed(target, clients, plan.phase(), contender.shop().wholeSagas());
    contender.noteSagas(phase.measured().perSecond());
    return outcome(contender, phase, phase.measured().perSecond());
  }

  private PhaseOutcome hot(Contender contender, Target target) throws Exception {
    Phase phase =
        Phase.closed(target, many, plan.phase(), contender.shop().wholeSagasOfOneProduct());
    contender.noteConfirmed(phase.measured().perSecond());
    return outcome(contender, phase, phase.measured().perSecond());
  }

  private PhaseOutcome accepted(Contender contender, Target target) throws Exception {
    Phase phase = Phase.closed(target, many, plan.phase(), contender.shop().acceptances());
    contender.noteConfirmed(phase.confirmedPerSecond());
    PhaseOutcome outcome = outcome(contender, phase, phase.measured().perSecond());
    outcome.figures().put("confirmed/s", phase.confirmedPerSecond());
    return outcome;
  }

  private PhaseOutcome openLoop(Contender contender, Target target) throws Exception {
    if (openLoopRate == 0) {
      openLoopRate = old.bestSagas() / 2;
    }
    Phase phase = Phase.open(target, openLoopRate, plan.openLoop(), contender.shop().wholeSagas());
    PhaseOutcome outcome = outcome(contender, phase, phase.measured().perSecond());
    outcome.figures().put("asked/s", openLoopRate);
    outcome.figures().put("refused %", phase.measured().refusedPercent());
    return outcome;
  }

  private static PhaseOutcome outcome(Contender contender, Phase phase, double perSecond) {
    contender.accept(phase.orders(), 0);
    CpuTime.PerOrder cpu = phase.cpuPerOrder();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("orders/s", perSecond);
    figures.put("p50 ms", phase.measured().latency().p50());
    figures.put("p99 ms", phase.measured().latency().p99());
    figures.put("CPU µs/order", cpu.serverMicros() + cpu.databaseMicros());
    figures.put("JVM µs/order", cpu.serverMicros());
    figures.put("database µs/order", cpu.databaseMicros());
    return new PhaseOutcome(figures, phase.orders(), phase.used().foreign());
  }

  private PhaseOutcome idle(Contender contender, Target target) throws Exception {
    Idling.Rest rest = Idling.rest(target, plan.idle());
    Latency lone = Idling.loneOrders(contender.shop(), plan.loneOrders());
    contender.accept(plan.loneOrders(), 0);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("lone order p50 ms", lone.p50());
    figures.put("lone order p99 ms", lone.p99());
    figures.put("JVM % of a core", rest.serverPercent());
    figures.put("database % of a core", rest.databasePercent());
    figures.put("resident MiB", (double) (contender.server().residentBytes() >> 20));
    return new PhaseOutcome(figures, plan.loneOrders(), rest.foreign());
  }

  private PhaseOutcome overload(Contender contender, Target target) throws Exception {
    Overload.Outcome outcome =
        Overload.measure(
            contender.server(),
            target,
            contender.bestConfirmed(),
            plan.overloadConnections(),
            plan.overload());
    Overload.Figures overloaded = outcome.figures();
    contender.accept(overloaded.accepted(), outcome.mayBeStored());
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("accepted p50 ms", overloaded.acceptedMillis().p50());
    figures.put("accepted p99 ms", overloaded.acceptedMillis().p99());
    figures.put("goodput % of best", overloaded.goodputPercent());
    figures.put("refused %", overloaded.refusedPercent());
    if (overloaded.refused() > 0) {
      figures.put("refusal p99 ms", overloaded.refusalMillis().p99());
    }
    figures.put(
        "other answers",
        (double) overloaded.odd().values().stream().mapToLong(Long::longValue).sum());
    figures.put("settled after s", overloaded.settledAfterSeconds());
    figures.put("resident most MiB", (double) overloaded.memory().residentPeakMib());
    return new PhaseOutcome(figures, overloaded.accepted(), overloaded.foreign());
  }
}
