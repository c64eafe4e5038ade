package dev.reserva.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The phases of a comparison. Only the public API, PostgreSQL's statistics and the kernel's
 * counters are used, so that any two versions can be compared.
 */
final class Cells {
  private final Plan plan;
  private final Contender old;
  private final int many;
  private double openLoopRate;

  /**
   * @param old whose best rate up to the first open loop gives the rate of all open loops
   */
  Cells(Plan plan, Contender old) {
    this.plan = plan;
    this.old = old;
    this.many = plan.clients().getLast();
  }

  /** All phases, in the order in which they are measured. */
  List<Cell> all() {
    List<Cell> cells = new ArrayList<>();
    for (int clients : plan.clients()) {
      cells.add(
          new Cell(
              "whole sagas, %d clients".formatted(clients),
              clients == many,
              (contender, target) -> sagas(contender, target, clients)));
    }
    cells.add(new Cell("hot SKU, %d clients".formatted(many), false, this::hot));
    cells.add(new Cell("accepted, %d clients".formatted(many), false, this::accepted));
    cells.add(new Cell("open loop at half of the old best", false, this::openLoop));
    cells.add(new Cell("idle, lone orders", false, this::idle));
    cells.add(
        new Cell(
            "overload, %.0f times the own best".formatted(Overload.TIMES), false, this::overload));
    return cells;
  }

  private Cell.Outcome sagas(Contender contender, Target target, int clients) throws Exception {
    Phase phase = Phase.closed(target, clients, plan.phase(), contender.shop().wholeSagas());
    contender.noteSagas(phase.measured().perSecond());
    return outcome(contender, phase, phase.measured().perSecond());
  }

  private Cell.Outcome hot(Contender contender, Target target) throws Exception {
    Phase phase =
        Phase.closed(target, many, plan.phase(), contender.shop().wholeSagasOfOneProduct());
    contender.noteConfirmed(phase.measured().perSecond());
    return outcome(contender, phase, phase.measured().perSecond());
  }

  private Cell.Outcome accepted(Contender contender, Target target) throws Exception {
    Phase phase = Phase.closed(target, many, plan.phase(), contender.shop().acceptances());
    contender.noteConfirmed(phase.confirmedPerSecond());
    Cell.Outcome outcome = outcome(contender, phase, phase.measured().perSecond());
    outcome.figures().put("confirmed/s", phase.confirmedPerSecond());
    return outcome;
  }

  private Cell.Outcome openLoop(Contender contender, Target target) throws Exception {
    if (openLoopRate == 0) {
      openLoopRate = old.bestSagas() / 2;
    }
    Phase phase = Phase.open(target, openLoopRate, plan.openLoop(), contender.shop().wholeSagas());
    Cell.Outcome outcome = outcome(contender, phase, phase.measured().perSecond());
    outcome.figures().put("asked/s", openLoopRate);
    outcome.figures().put("refused %", phase.measured().refusedPercent());
    return outcome;
  }

  private static Cell.Outcome outcome(Contender contender, Phase phase, double perSecond) {
    contender.accept(phase.orders(), 0);
    CpuTime.PerOrder cpu = phase.cpuPerOrder();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("orders/s", perSecond);
    figures.put("p50 ms", phase.measured().latency().p50());
    figures.put("p99 ms", phase.measured().latency().p99());
    figures.put("CPU µs/order", cpu.serverMicros() + cpu.databaseMicros());
    figures.put("JVM µs/order", cpu.serverMicros());
    figures.put("database µs/order", cpu.databaseMicros());
    return new Cell.Outcome(figures, phase.orders(), phase.used().foreign());
  }

  private Cell.Outcome idle(Contender contender, Target target) throws Exception {
    Idling.Rest rest = Idling.rest(target, plan.idle());
    Latency lone = Idling.loneOrders(contender.shop(), plan.loneOrders());
    contender.accept(plan.loneOrders(), 0);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("lone order p50 ms", lone.p50());
    figures.put("lone order p99 ms", lone.p99());
    figures.put("JVM % of a core", rest.serverPercent());
    figures.put("database % of a core", rest.databasePercent());
    figures.put("resident MiB", (double) (contender.server().residentBytes() >> 20));
    return new Cell.Outcome(figures, plan.loneOrders(), rest.foreign());
  }

  private Cell.Outcome overload(Contender contender, Target target) throws Exception {
    Overload.Outcome outcome =
        Overload.measure(
            target, contender.bestConfirmed(), plan.overloadConnections(), plan.overload());
    Overload.Figures pressed = outcome.figures();
    contender.accept(pressed.accepted(), outcome.mayBeStored());
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("accepted p50 ms", pressed.acceptedMillis().p50());
    figures.put("accepted p99 ms", pressed.acceptedMillis().p99());
    figures.put("goodput % of best", pressed.goodputPercent());
    figures.put("refused %", pressed.refusedPercent());
    if (pressed.refused() > 0) {
      figures.put("refusal p99 ms", pressed.refusalMillis().p99());
    }
    figures.put(
        "other answers", (double) pressed.odd().values().stream().mapToLong(Long::longValue).sum());
    figures.put("settled after s", pressed.settledAfterSeconds());
    figures.put("resident most MiB", (double) pressed.memory().residentPeakMib());
    return new Cell.Outcome(figures, pressed.accepted(), pressed.foreign());
  }
}
