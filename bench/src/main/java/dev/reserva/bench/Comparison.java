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
 * Measures two versions of the server in turn, phase by phase. Changes of the machine affect both
 * alike, so the ratio of a figure says more than the figure itself.
 *
 * <p>Both servers run all the time, each with a database, a data folder and a port of its own. So
 * the same phase of both versions follows within seconds, and both stay warm. Meanwhile the resting
 * server uses some CPU time: below 1 % of two cores when it idles, and more while its database
 * cleans up after a phase. Each phase records it as the resting server's CPU, and flags it together
 * with all other foreign CPU time. The version that comes first alternates from turn to turn.
 */
final class Comparison {
  private final Plan plan;
  private final Version before;
  private final Version after;
  private final List<String> javaOptions;

  /**
   * @param before the divisor of all ratios
   * @param javaOptions additional options for both JVMs
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
        "-Dreserva.operations.integrity-time-limit=%ds"
            .formatted(Contender.INTEGRITY_TIMEOUT.toSeconds()));
    Bench.say("starting %s and %s".formatted(before.name(), after.name()));
    try (ServerProcess one = ServerProcess.start(before.jar(), options);
        ServerProcess other = ServerProcess.start(after.jar(), options);
        Contender old = Contender.create(before, one, plan.skus());
        Contender now = Contender.create(after, other, plan.skus())) {
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
    Bench.say("warming up %s".formatted(contender.version().name()));
    Phase phase = Phase.warmUp(target(contender, resting), plan.clients().getLast(), plan.warmUp());
    contender.accept(phase.orders(), 0);
    // Otherwise a stall in the first turn would make the rate of the open loops too low.
    contender.noteSagas(phase.measured().perSecond());
  }

  private List<ComparedPhase> turns(Contender old, Contender now) throws Exception {
    List<ComparisonStep> steps = new ComparisonSteps(plan, old).all();
    Map<ComparisonStep, List<PhaseOutcome>> ofOld = new HashMap<>();
    Map<ComparisonStep, List<PhaseOutcome>> ofNow = new HashMap<>();
    for (int turn = 1; turn <= plan.turns(); turn++) {
      old.startTurn();
      now.startTurn();
      long stored = old.accepted() + now.accepted();
      for (ComparisonStep step : steps) {
        Bench.say("turn %d of %d: %s".formatted(turn, plan.turns(), step.name()));
        boolean oldFirst = turn % 2 == 1;
        Contender first = oldFirst ? old : now;
        Contender second = oldFirst ? now : old;
        PhaseOutcome ofFirst = measure(step, first, second);
        PhaseOutcome ofSecond = measure(step, second, first);
        addCosts(step, first, ofFirst);
        addCosts(step, second, ofSecond);
        ofOld.computeIfAbsent(step, _ -> new ArrayList<>()).add(oldFirst ? ofFirst : ofSecond);
        ofNow.computeIfAbsent(step, _ -> new ArrayList<>()).add(oldFirst ? ofSecond : ofFirst);
      }
      long each = old.accepted() + now.accepted() - stored;
      Growth.requireSpace(each * (plan.turns() - turn), old.data());
    }
    return steps.stream()
        .map(step ->
            ComparedPhase.of(
                step.name(),
                ofOld.getOrDefault(step, List.of()),
                ofNow.getOrDefault(step, List.of())))
        .toList();
  }

  private static PhaseOutcome measure(ComparisonStep step, Contender contender, Contender resting)
      throws Exception {
    if (step.counted()) {
      contender.startCounting();
    }
    return step.work().measure(contender, target(contender, resting));
  }

  /** Adds the database's costs. Its sessions must have been idle for {@link Bench#COUNTERS_LAG}. */
  private static void addCosts(ComparisonStep step, Contender contender, PhaseOutcome outcome)
      throws Exception {
    if (step.counted()) {
      outcome.figures().putAll(contender.costsPerOrder(outcome.orders()));
    }
  }

  private static Target target(Contender contender, Contender resting) {
    return new Target(contender.shop(), () -> cpuTime(contender.server(), resting.server()));
  }

  private static CpuTime cpuTime(ServerProcess server, ServerProcess resting) throws IOException {
    return CpuTime.now(
        server.jvmCpu(), server.databaseCpu(), resting.jvmCpu().plus(resting.databaseCpu()));
  }
}
