package dev.reserva.bench;

import dev.reserva.bench.Results.Throughput;
import dev.reserva.harness.Machine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run: the baseline on a database of its own, then the server under each load, then the proof
 * that every accepted order was confirmed.
 */
public final class Bench {
  private static final int[] CLIENTS = {8, 32, 128};
  private static final int MANY_CLIENTS = 128;
  private static final String ACCEPTED = "accepted";

  /** Time-out until all accepted orders are decided. */
  public static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(1);

  /**
   * An idle session of PostgreSQL reports its counters after up to 10 s (PGSTAT_IDLE_INTERVAL in
   * pgstat.c).
   */
  static final Duration COUNTERS_LAG = Duration.ofSeconds(11);

  private final Plan plan;
  private final Path jar;
  private final List<String> javaOptions;
  private final String commit;
  private final @Nullable Path history;
  private long accepted;

  /**
   * @param history a shop's history to replay; absent for none
   */
  Bench(Plan plan, Path jar, List<String> javaOptions, String commit, @Nullable Path history) {
    this.history = history;
    this.plan = plan;
    this.jar = jar;
    this.javaOptions = javaOptions;
    this.commit = commit;
  }

  Results run() throws Exception {
    String at = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Machine machine = Machine.here();
    List<BaselineRun.Figures> plain = BaselineRun.measure(plan);
    Unit unit = Unit.of(plain.getLast());
    List<Throughput> baseline = plain.stream().map(unit::throughput).toList();
    Results results = server(at, machine, unit, baseline);
    return results.with(LongSnapshot.run(plan, jar, javaOptions));
  }

  private Results server(String at, Machine machine, Unit unit, List<Throughput> baseline)
      throws Exception {
    say("starting the server");
    try (ServerProcess server = ServerProcess.start(jar, javaOptions)) {
      URI url = server.awaitUp();
      say("creating " + plan.skus() + " products");
      Shop shop = Shop.create(url, server.adminPassword(), plan.skus());
      try (ServerDatabase database = ServerDatabase.open(server.postgres())) {
        if (!database.awaitKnownProducts(plan.skus(), SETTLE_TIMEOUT)) {
          throw new BenchFailure("sales does not know all products after " + SETTLE_TIMEOUT);
        }
        return measure(
            at, machine, unit, baseline, new MeasuredServer(server, database, shop), url);
      }
    }
  }

  private Results measure(
      String at,
      Machine machine,
      Unit unit,
      List<Throughput> baseline,
      MeasuredServer running,
      URI url)
      throws Exception {
    Shop shop = running.shop();
    Target target = running.target();
    say("warming up the server");
    accept(Phase.warmUp(target, MANY_CLIENTS, plan.warmUp()));
    long before = accepted;
    ServerDatabase.Counters counters = running.database().counters();

    List<Throughput> server = new ArrayList<>();
    for (int clients : CLIENTS) {
      server.add(closed("whole sagas", clients, target, unit, shop.wholeSagas()));
    }
    double best = best(server);
    server.add(
        closed("whole sagas, hot SKU", MANY_CLIENTS, target, unit, shop.wholeSagasOfOneProduct()));
    server.addAll(acceptances(target, unit));
    Results.OpenLoop open = openLoop(best / 2, target);

    say("counting");
    Results.Memory memory =
        new Results.Memory(
            running.server().residentBytes() >> 20, running.server().peakResidentBytes() >> 20);
    Thread.sleep(COUNTERS_LAG);
    Results.PerOrder perOrder =
        Results.PerOrder.of(running.database().counters().since(counters), accepted - before);
    say("idling");
    Idling.Figures idle = Idling.measure(running, plan.idle(), plan.loneOrders());
    accepted += idle.orders();
    double fastest = best(server.stream().filter(each -> !each.name().equals(ACCEPTED)).toList());
    say("overload, %.0f orders/s".formatted(Overload.TIMES * fastest));
    Overload.Outcome overload =
        Overload.measure(
            running.server(), target, fastest, plan.overloadConnections(), plan.overload());
    accepted += overload.figures().accepted();
    say("verifying");
    Verified verified =
        Proof.of(
            running.database().states(), accepted, overload.mayBeStored(), shop.api().integrity());
    History.@Nullable Figures replayed = replay(url, running);
    return new Results(
        at,
        commit,
        machine,
        new Results.Settings(
            plan.quick(),
            plan.skus(),
            plan.warmUp().toSeconds(),
            plan.phase().toSeconds(),
            plan.openLoop().toSeconds(),
            plan.hold().toSeconds(),
            ServerProcess.HEAP,
            javaOptions),
        baseline,
        server,
        open,
        perOrder,
        memory,
        idle,
        overload.figures(),
        statements(running),
        replayed,
        null,
        verified);
  }

  private static double best(List<Throughput> loops) {
    return loops.stream().mapToDouble(Throughput::ordersPerSecond).max().orElseThrow();
  }

  private Throughput closed(
      String name, int clients, Target target, Unit unit, Client.Factory buyers)
      throws IOException, InterruptedException {
    say(name + ", " + clients + " clients");
    Phase phase = accept(Phase.closed(target, clients, plan.phase(), buyers));
    return unit.throughput(name, clients, phase, phase.measured().perSecond());
  }

  /**
   * Places orders as fast as they are accepted, then waits for the last one. This gives the rate of
   * acceptance, and that of whole sagas when no caller waits for them.
   */
  private List<Throughput> acceptances(Target target, Unit unit)
      throws IOException, InterruptedException {
    say("acceptances, " + MANY_CLIENTS + " clients");
    Phase phase =
        accept(Phase.closed(target, MANY_CLIENTS, plan.phase(), target.shop().acceptances()));
    return List.of(
        unit.throughput(ACCEPTED, MANY_CLIENTS, phase, phase.measured().perSecond()),
        unit.throughput(
            "accepted until all confirmed", MANY_CLIENTS, phase, phase.confirmedPerSecond()));
  }

  private Results.OpenLoop openLoop(double perSecond, Target target)
      throws IOException, InterruptedException {
    say("open loop, %.0f orders/s".formatted(perSecond));
    Phase phase =
        accept(Phase.open(target, perSecond, plan.openLoop(), target.shop().wholeSagas()));
    return new Results.OpenLoop(
        perSecond,
        phase.measured().perSecond(),
        phase.orders(),
        phase.measured().refusedPercent(),
        phase.measured().latency(),
        Unit.cpu(phase.cpuPerOrder()),
        phase.used().foreign());
  }

  private Phase accept(Phase phase) {
    accepted += phase.orders();
    return phase;
  }

  private History.@Nullable Figures replay(URI url, MeasuredServer running)
      throws IOException, InterruptedException {
    if (history == null) {
      say("no history to replay (--history FILE)");
      return null;
    }
    say("replaying " + history.getFileName());
    return History.replay(jar, history, url, running.server());
  }

  private List<StatementCount.Figures> statements(MeasuredServer running) throws Exception {
    say("counting statements");
    return StatementCount.measure(
        running, new int[] {CLIENTS[0], MANY_CLIENTS}, plan.baselineWarmUp(), plan.phase());
  }

  /** Prints the progress of the run. */
  public static void say(String step) {
    System.err.println(step + " …");
  }
}
