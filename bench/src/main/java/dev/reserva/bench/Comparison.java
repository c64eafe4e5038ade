package dev.reserva.bench;

import dev.reserva.harness.Machine;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two versions of the server, measured in turn, phase by phase: what the machine does meanwhile
 * meets both alike, and the ratio of each figure says more than the figure itself.
 *
 * <p>Both servers are up all the while, each with a database, a data folder and a port of its own.
 * So a phase of one follows right after the same phase of the other, within seconds, and both stay
 * warm. The price is what the other server uses while it has nothing to do: below 1 % of two cores
 * when it idles, and some more while its database cleans up behind a phase. That is recorded as the
 * resting server's CPU with each phase, and flagged together with all other foreign CPU. The
 * version that comes first changes from turn to turn.
 */
final class Comparison {
  private final Plan plan;
  private final Version before;
  private final Version after;
  private final List<String> javaOptions;

  /**
   * @param before the divisor of all ratios
   * @param javaOptions more options for the JVMs of both
   */
  Comparison(Plan plan, Version before, Version after, List<String> javaOptions) {
    this.plan = plan;
    this.before = before;
    this.after = after;
    this.javaOptions = javaOptions;
  }

  ComparisonResults run() throws Exception {
    String at = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Machine machine = Machine.here();
    List<String> options = new ArrayList<>(javaOptions);
    options.add(
        "-Dreserva.operations.integrity-time-limit=%ds".formatted(Contender.PATIENCE.toSeconds()));
    Bench.say("starting %s and %s".formatted(before.name(), after.name()));
    try (ServerProcess one = ServerProcess.start(before.jar(), options);
        ServerProcess other = ServerProcess.start(after.jar(), options);
        Contender old = Contender.furnish(before, one, plan.skus());
        Contender now = Contender.furnish(after, other, plan.skus())) {
      warmUp(old, now);
      warmUp(now, old);
      List<ComparedPhase> phases = turns(old, now);
      Bench.say("verifying");
      return new ComparisonResults(
          at,
          before.name(),
          after.name(),
          machine,
          ComparisonResults.Settings.of(plan, javaOptions),
          phases,
          old.verify(),
          now.verify());
    }
  }

  private void warmUp(Contender contender, Contender resting) throws Exception {
    Bench.say("warming %s up".formatted(contender.version().name()));
    Phase phase =
        Phase.closed(
            target(contender, resting),
            plan.clients().getLast(),
            plan.warmUp(),
            contender.shop().wholeSagas());
    contender.accept(phase.orders(), 0);
  }

  private List<ComparedPhase> turns(Contender old, Contender now) throws Exception {
    List<Cell> cells = new Cells(plan, old).all();
    Map<Cell, List<Cell.Outcome>> ofOld = new HashMap<>();
    Map<Cell, List<Cell.Outcome>> ofNow = new HashMap<>();
    for (int turn = 1; turn <= plan.turns(); turn++) {
      old.startTurn();
      now.startTurn();
      long stored = old.accepted() + now.accepted();
      for (Cell cell : cells) {
        Bench.say("turn %d of %d: %s".formatted(turn, plan.turns(), cell.name()));
        boolean oldFirst = turn % 2 == 1;
        Contender first = oldFirst ? old : now;
        Contender second = oldFirst ? now : old;
        Cell.Outcome ofFirst = measure(cell, first, second);
        Cell.Outcome ofSecond = measure(cell, second, first);
        addCosts(cell, first, ofFirst);
        addCosts(cell, second, ofSecond);
        ofOld.computeIfAbsent(cell, _ -> new ArrayList<>()).add(oldFirst ? ofFirst : ofSecond);
        ofNow.computeIfAbsent(cell, _ -> new ArrayList<>()).add(oldFirst ? ofSecond : ofFirst);
      }
      long each = old.accepted() + now.accepted() - stored;
      Growth.spaceFor(each * (plan.turns() - turn), old.data());
    }
    return cells.stream()
        .map(cell ->
            ComparedPhase.of(
                cell.name(),
                ofOld.getOrDefault(cell, List.of()),
                ofNow.getOrDefault(cell, List.of())))
        .toList();
  }

  private static Cell.Outcome measure(Cell cell, Contender contender, Contender resting)
      throws Exception {
    if (cell.counted()) {
      contender.startCounting();
    }
    return cell.work().measure(contender, target(contender, resting));
  }

  /** Adds the database's costs, for which its sessions must have rested a while. */
  private static void addCosts(Cell cell, Contender contender, Cell.Outcome outcome)
      throws Exception {
    if (cell.counted()) {
      outcome.figures().putAll(contender.costsPerOrder(outcome.orders()));
    }
  }

  private static Target target(Contender contender, Contender resting) {
    return new Target(
        contender.server(), contender.shop(), () -> cpuTime(contender.server(), resting.server()));
  }

  private static CpuTime cpuTime(ServerProcess server, ServerProcess resting) throws IOException {
    return CpuTime.now(
        server.jvmCpu(), server.databaseCpu(), resting.jvmCpu().plus(resting.databaseCpu()));
  }
}
