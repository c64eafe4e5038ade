package dev.reserva.torture.scenarios;

import dev.reserva.cluster.ClusterOptions;
import dev.reserva.cluster.ClusterPlan;
import dev.reserva.cluster.NodeState;
import dev.reserva.cluster.RunningCluster;
import dev.reserva.cluster.Service;
import dev.reserva.cluster.SupervisedNode;
import dev.reserva.harness.Ports;
import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.Server;
import dev.reserva.torture.environment.Sql;
import dev.reserva.torture.scenarios.Rounds.Injected;
import dev.reserva.torture.shop.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A running split system, and a shop that knows only its gateway: a process for each instance of a
 * service, a database for each service, and a broker between them. Its supervisor starts each
 * process again that dies.
 */
final class SplitSystem {
  private static final Duration READY_LIMIT = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(1);

  private final RunningCluster cluster;
  private final Rounds rounds;
  private final List<Duration> returns = new ArrayList<>();

  private SplitSystem(RunningCluster cluster, Rounds rounds) {
    this.cluster = cluster;
    this.rounds = rounds;
  }

  /** A fault of such a system. */
  @FunctionalInterface
  interface Fault {
    Injected inject(SplitSystem system, int round) throws Exception;
  }

  /**
   * A broker that the scenario runs itself.
   *
   * @param address as {@link ClusterOptions#broker()} wants it
   * @param variables that the processes need for it
   */
  record OwnBroker(String address, Map<String, String> variables) {
    OwnBroker {
      variables = Map.copyOf(variables);
    }
  }

  /** A script that injects the same fault in each round, with the system's private broker. */
  static Scenario.Script script(
      SplitPrograms programs,
      Map<Service, Integer> instances,
      int rounds,
      int shortRounds,
      Fault fault) {
    return environment ->
        start(environment, programs, instances, null)
            .run(environment.pick(rounds, shortRounds), fault);
  }

  /** One process for each service, and two of those that orders need first. */
  static Map<Service, Integer> usual() {
    Map<Service, Integer> instances = each(1);
    instances.put(Service.SALES, 2);
    instances.put(Service.INVENTORY, 2);
    return instances;
  }

  /** So many processes for each service. */
  static Map<Service, Integer> each(int count) {
    Map<Service, Integer> instances = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      instances.put(service, count);
    }
    return instances;
  }

  /**
   * Starts a system and waits until all of it is ready.
   *
   * @param broker null: the system runs a private one
   */
  static SplitSystem start(
      Environment environment,
      SplitPrograms programs,
      Map<Service, Integer> instances,
      @Nullable OwnBroker broker)
      throws IOException, InterruptedException {
    int port = Ports.free();
    ClusterOptions options =
        new ClusterOptions(
            programs.transport(),
            instances,
            port,
            environment.folder().resolve("data"),
            broker == null ? null : broker.address(),
            broker == null ? Map.of() : broker.variables(),
            List.of());
    RunningCluster cluster =
        environment.keep(
            new RunningCluster(
                ClusterPlan.of(options, SplitSystem::freePort),
                new RunningCluster.Programs(
                    environment.jar().toAbsolutePath(), programs.kafkaBroker()),
                _ -> {}));
    cluster.start();
    Shop shop =
        Shop.create(
            URI.create("http://localhost:" + port),
            Files.readString(cluster.adminPassword()).strip());
    Rounds rounds =
        new Rounds(environment, shop, () -> Sql.on(cluster.database(Service.FINANCIAL)))
            .ofSplitSystem(PATIENCE, SETTLE_LIMIT);
    return new SplitSystem(cluster, rounds);
  }

  private static int freePort() {
    try {
      return Ports.free();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the rounds to their verdict. */
  Outcome run(int count, Fault fault) throws Exception {
    Outcome.Completed completed = rounds.run(count, round -> fault.inject(this, round));
    return returns.isEmpty()
        ? completed
        : completed.withRemark(
            "processes ready again after %s s (median / longest)"
                .formatted(Outcome.medianAndLongest(returns)));
  }

  SupervisedNode node(String name) {
    return cluster.node(name);
  }

  /** The names of all processes of services, and of the gateway. */
  List<String> serverNames() {
    return cluster.status().stream()
        .filter(node -> !List.of("postgres", "rabbitmq", "kafka").contains(node.role()))
        .map(node -> node.name())
        .toList();
  }

  /**
   * Kills processes with {@code kill -9} as somebody from outside, and waits until the supervisor
   * has replaced each.
   *
   * @return proven if each process id is gone, and another process of the same name is ready
   */
  Injected killAndAwait(List<String> names) throws InterruptedException {
    Map<SupervisedNode, ProcessHandle> killed = new LinkedHashMap<>();
    for (String name : names) {
      SupervisedNode node = node(name);
      killed.put(
          node,
          ProcessHandle.of(node.pid())
              .orElseThrow(() -> new IllegalStateException(name + " does not run")));
    }
    killed.values().forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : killed.values()) {
      Server.awaitGone(process);
    }
    long dead = System.nanoTime();
    boolean replaced = true;
    for (Map.Entry<SupervisedNode, ProcessHandle> each : killed.entrySet()) {
      replaced &= awaitReplaced(each.getKey(), each.getValue().pid(), dead);
    }
    return new Injected(replaced, dead);
  }

  private boolean awaitReplaced(SupervisedNode node, long pid, long dead)
      throws InterruptedException {
    while (System.nanoTime() - dead < READY_LIMIT.toNanos()) {
      long now = node.pid();
      if (node.state() == NodeState.READY && now != 0 && now != pid) {
        returns.add(Duration.ofNanos(System.nanoTime() - dead));
        return true;
      }
      Thread.sleep(20);
    }
    rounds.found(
        "%s is %s, %s after it was killed"
            .formatted(node.name(), node.state().label(), READY_LIMIT));
    return false;
  }

  /**
   * Shuts a process down, waits, and starts it again.
   *
   * @param limit for the shutdown; a process that needs longer is killed
   * @param down how long it stays down
   * @return whether it shut itself down in time, and another process has its place
   */
  boolean restart(String name, Duration limit, Duration down) throws InterruptedException {
    SupervisedNode node = node(name);
    long pid = node.pid();
    long asked = System.nanoTime();
    node.stop(limit);
    long ended = System.nanoTime();
    boolean inOrder = ended - asked < limit.toNanos();
    boolean gone = ProcessHandle.of(pid).isEmpty();
    Thread.sleep(down);
    node.start();
    returns.add(Duration.ofNanos(System.nanoTime() - ended));
    return inOrder && gone && node.pid() != pid;
  }
}
