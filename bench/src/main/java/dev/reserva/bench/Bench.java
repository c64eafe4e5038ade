package dev.reserva.bench;

import dev.reserva.bench.Results.Throughput;
import dev.reserva.harness.Machine;
import dev.reserva.postgres.EmbeddedPostgres;
import dev.reserva.postgres.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One run: the baseline on a database of its own, then, when that is gone, the server under each
 * load, then the proof that all of it was real work.
 */
final class Bench {
  private static final int[] BASELINE_CONNECTIONS = {8, 32};
  private static final int[] CLIENTS = {8, 32, 128};
  private static final int MANY_CLIENTS = 128;

  /** More calls than an open loop has under way, even if the server stalls for a while. */
  private static final int OPEN_LOOP_CLIENTS = 512;

  /** So many times the best rate. */
  private static final double OVERLOAD = 3;

  private static final Duration SETTLING = Duration.ofMinutes(1);

  /**
   * PostgreSQL's sessions keep their counts to themselves for up to 10 s when they are idle
   * (PGSTAT_IDLE_INTERVAL in its pgstat.c).
   */
  private static final Duration COUNTERS_LAG = Duration.ofSeconds(11);

  private final Plan plan;
  private final Path jar;
  private final List<String> javaOptions;
  private final String commit;
  private final @Nullable Path history;
  private long accepted;

  /**
   * @param history a real shop's history to replay; absent for none
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
    List<Measured> plain = baseline();
    double unit = plain.getLast().perSecond();
    List<Throughput> baseline = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      baseline.add(throughput("baseline", BASELINE_CONNECTIONS[i], plain.get(i), unit, Map.of()));
    }
    say("starting the server");
    try (ServerProcess server = ServerProcess.start(jar, javaOptions)) {
      URI url = server.awaitUp();
      say("making " + plan.skus() + " products");
      Shop shop = Shop.furnish(url, server.adminPassword(), plan.skus());
      try (ServerDatabase database = ServerDatabase.open(server.postgres())) {
        if (!database.awaitKnownProducts(plan.skus(), SETTLING)) {
          throw new BenchFailure("sales has not heard of all products after " + SETTLING);
        }
        return measure(at, machine, baseline, unit, new Scene(server, database, shop), url);
      }
    }
  }

  private List<Measured> baseline() throws IOException, SQLException, InterruptedException {
    Path folder = Files.createTempDirectory("reserva-bench-baseline-");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      Baseline.prepare(postgres, plan.skus());
      Client.Door door = () -> Baseline.open(postgres, plan.skus());
      say("warming the baseline up");
      Load.closed(BASELINE_CONNECTIONS[0], plan.baselineWarmUp(), door);
      List<Measured> measured = new ArrayList<>();
      for (int connections : BASELINE_CONNECTIONS) {
        say("baseline, " + connections + " connections");
        measured.add(Load.closed(connections, plan.phase(), door).complete());
      }
      return measured;
    } finally {
      Folders.delete(folder);
    }
  }

  private Results measure(
      String at, Machine machine, List<Throughput> baseline, double unit, Scene scene, URI url)
      throws Exception {
    say("warming the server up");
    accept(Load.closed(MANY_CLIENTS, plan.warmUp(), scene.shop().wholeSagas()));
    settle(scene);
    long before = accepted;
    ServerDatabase.Counters counters = scene.database().counters();

    List<Throughput> server = new ArrayList<>();
    double best = 0;
    for (int clients : CLIENTS) {
      Throughput sagas = phase("whole sagas", clients, scene.shop().wholeSagas(), unit, scene);
      best = Math.max(best, sagas.ordersPerSecond());
      server.add(sagas);
    }
    server.add(
        phase(
            "whole sagas, hot SKU",
            MANY_CLIENTS,
            scene.shop().wholeSagasOfOneProduct(),
            unit,
            scene));
    server.addAll(acceptances(unit, scene));
    double fastest = server.stream().mapToDouble(Throughput::ordersPerSecond).max().orElse(best);
    Results.OpenLoop open = openLoop(best / 2, scene);

    say("counting");
    Results.Memory memory =
        new Results.Memory(
            scene.server().residentBytes() >> 20, scene.server().peakResidentBytes() >> 20);
    Thread.sleep(COUNTERS_LAG);
    Results.PerOrder perOrder =
        Results.PerOrder.of(scene.database().counters().since(counters), accepted - before);
    say("idling");
    Idling.Figures idle = Idling.measure(scene, plan.idle(), plan.loneOrders());
    accepted += idle.orders();
    say("overload, %.0f orders/s".formatted(OVERLOAD * fastest));
    Overload.Outcome overload =
        Overload.measure(scene, OVERLOAD * fastest, plan.overloadConnections(), plan.overload());
    accepted += overload.figures().accepted();
    Results.Verified verified = verified(scene, overload.mayBeStored());
    History.@Nullable Figures replayed = replay(url, scene);
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
            ServerProcess.HEAP,
            javaOptions),
        baseline,
        server,
        open,
        perOrder,
        memory,
        idle,
        overload.figures(),
        statements(scene),
        replayed,
        verified);
  }

  private Throughput phase(String name, int clients, Client.Door door, double unit, Scene scene)
      throws SQLException, InterruptedException {
    say(name + ", " + clients + " clients");
    CpuTime before = scene.server().cpuTime();
    Measured measured = accept(Load.closed(clients, plan.phase(), door));
    settle(scene);
    CpuTime used = scene.server().cpuTime().since(before);
    return throughput(name, clients, measured, unit, cpu(used.perOrder(measured.succeeded())));
  }

  /**
   * Orders are placed as fast as they are accepted, then the last one is waited for: the rate of
   * acceptance, and that of whole sagas when nobody waits for one.
   */
  private List<Throughput> acceptances(double unit, Scene scene)
      throws SQLException, InterruptedException {
    say("acceptances, " + MANY_CLIENTS + " clients");
    CpuTime before = scene.server().cpuTime();
    long started = System.nanoTime();
    Measured measured = accept(Load.closed(MANY_CLIENTS, plan.phase(), scene.shop().acceptances()));
    settle(scene);
    Duration all = Duration.ofNanos(System.nanoTime() - started);
    CpuTime used = scene.server().cpuTime().since(before);
    Measured sagas =
        new Measured(measured.succeeded(), measured.succeeded(), 0, all, measured.latency());
    Map<String, Double> cpu = cpu(used.perOrder(measured.succeeded()));
    return List.of(
        throughput("accepted", MANY_CLIENTS, measured, unit, Map.of()),
        throughput("accepted until all confirmed", MANY_CLIENTS, sagas, unit, cpu));
  }

  private Results.OpenLoop openLoop(double perSecond, Scene scene)
      throws SQLException, InterruptedException {
    say("open loop, %.0f orders/s".formatted(perSecond));
    Measured measured =
        accept(Load.open(perSecond, OPEN_LOOP_CLIENTS, plan.openLoop(), scene.shop().wholeSagas()));
    settle(scene);
    return new Results.OpenLoop(
        perSecond, measured.perSecond(), measured.succeeded(), measured.latency());
  }

  private Measured accept(Measured measured) {
    accepted += measured.complete().succeeded();
    return measured;
  }

  private static void settle(Scene scene) throws SQLException, InterruptedException {
    if (!scene.database().awaitSettled(SETTLING)) {
      throw new BenchFailure("orders are still under way after " + SETTLING);
    }
  }

  private Results.Verified verified(Scene scene, long mayBeStored)
      throws IOException, SQLException {
    say("verifying");
    Map<String, Long> states = scene.database().states();
    long confirmed = states.getOrDefault("CONFIRMED", 0L);
    if (states.size() != 1 || confirmed < accepted || confirmed > accepted + mayBeStored) {
      throw new BenchFailure(
          "%d orders were accepted, %d had no answer, they are %s"
              .formatted(accepted, mayBeStored, states));
    }
    JsonNode integrity = scene.shop().integrity();
    if (!integrity.path("ok").asBoolean()) {
      throw new BenchFailure("an invariant is broken: " + integrity);
    }
    return new Results.Verified(
        accepted, mayBeStored, confirmed, true, integrity.path("checks").size());
  }

  private History.@Nullable Figures replay(URI url, Scene scene)
      throws IOException, InterruptedException {
    if (history == null) {
      say("no history is given (--history FILE): none is replayed");
      return null;
    }
    say("replaying " + history.getFileName());
    return History.replay(jar, history, url, scene.server().data());
  }

  private List<StatementCount.Figures> statements(Scene scene) throws Exception {
    say("counting statements");
    return StatementCount.measure(
        scene, new int[] {CLIENTS[0], MANY_CLIENTS}, plan.baselineWarmUp(), plan.phase());
  }

  private static Throughput throughput(
      String name, int clients, Measured measured, double unit, Map<String, Double> cpu) {
    return new Throughput(
        name, clients, measured.perSecond(), measured.perSecond() / unit, measured.latency(), cpu);
  }

  private static Map<String, Double> cpu(CpuTime.PerOrder micros) {
    Map<String, Double> cpu = new LinkedHashMap<>();
    cpu.put("server", micros.serverMicros());
    cpu.put("database", micros.databaseMicros());
    cpu.put("generator", micros.generatorMicros());
    return cpu;
  }

  static void say(String what) {
    System.err.println(what + " …");
  }
}
