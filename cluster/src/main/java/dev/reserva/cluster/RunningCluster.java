package dev.reserva.cluster;

import dev.reserva.postgres.DatabaseLogin;
import dev.reserva.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a cluster. They are started in order: PostgreSQL, the broker, the process with
 * the logins, then all others, two at a time. Each that ends by itself is started again.
 *
 * <p>All of them end with this JVM, however this JVM ends. One thread starts the cluster; any
 * thread may close it, also during the start.
 */
public final class RunningCluster implements AutoCloseable {
  /** As many as a small machine has cores: more at a time would only take longer each. */
  private static final int STARTS_AT_A_TIME = 2;

  /** Servers drain for up to 9 s. */
  private static final Duration SERVER_STOP_LIMIT = Duration.ofSeconds(10);

  private static final Duration BROKER_STOP_LIMIT = Duration.ofSeconds(3);
  private static final Duration ABORT_LIMIT = Duration.ofSeconds(2);

  private final ClusterPlan plan;
  private final Programs programs;
  private final Consumer<NodeStatus> onChange;
  private final Semaphore starts = new Semaphore(STARTS_AT_A_TIME, true);
  private final List<SupervisedNode> servers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch startEnded = new CountDownLatch(1);
  private volatile boolean endedByAnother;
  private volatile @Nullable Thread starter;
  private volatile @Nullable ClusterFolder folder;
  private volatile @Nullable ClusterDatabases databases;
  private volatile @Nullable SupervisedNode brokerNode;
  private volatile @Nullable Housekeeping housekeeping;

  /**
   * The programs that processes run.
   *
   * @param server the server's packaged program
   * @param kafkaBroker the packaged module {@code kafka-broker}; needed for a private Kafka only
   */
  public record Programs(Path server, @Nullable Path kafkaBroker) {}

  /**
   * @param onChange is told of each change of a process's state, by different threads; it is quick
   */
  public RunningCluster(ClusterPlan plan, Programs programs, Consumer<NodeStatus> onChange) {
    this.plan = plan;
    this.programs = programs;
    this.onChange = onChange;
  }

  /**
   * Starts all processes and waits until they are ready. If one fails, the others are ended.
   *
   * @throws ClusterFailure if a process does not start, or this is closed meanwhile
   * @throws dev.reserva.postgres.DataFolderInUse if a cluster or a server runs on the data folder
   * @throws dev.reserva.postgres.PostgresFailure if the database cannot be started
   */
  public void start() throws IOException, InterruptedException {
    starter = Thread.currentThread();
    try {
      startAll();
    } catch (IOException | InterruptedException | RuntimeException e) {
      startEnded.countDown();
      close();
      throw e;
    } finally {
      startEnded.countDown();
    }
  }

  private void startAll() throws IOException, InterruptedException {
    plan.gateway().ifPresent(gateway -> requireFree(gateway.port()));
    ClusterOptions options = plan.options();
    EmbeddedPostgres.requireFree(options.data());
    ClusterFolder data = ClusterFolder.open(options.data(), options.transport());
    folder = data;
    ClusterBroker broker = ClusterBroker.of(options, data, programs.kafkaBroker());
    requireOpen();
    ClusterDatabases started = ClusterDatabases.start(data.path(), plan);
    databases = started;
    requireOpen();
    housekeeping = Housekeeping.begin(data.logs(), started::status, onChange);
    if (broker.program().isPresent()) {
      SupervisedNode node = supervised(broker.program().get());
      brokerNode = node;
      node.start();
    }
    startServers(
        data, new ClusterPlan.Backends(started.logins(), broker.address(), data.secrets(plan)));
    broker.keepTopology();
    requireOpen();
  }

  private void startServers(ClusterFolder data, ClusterPlan.Backends backends)
      throws IOException, InterruptedException {
    for (PlannedProcess server : plan.servers()) {
      Launch launch = plan.server(server, backends, data.of(server.name()));
      servers.add(node(server, launch, data));
    }
    plan.gateway().ifPresent(gateway -> servers.add(node(gateway, plan.gatewayLaunch(), data)));
    requireOpen();
    SupervisedNode logins = servers.getFirst();
    logins.start();
    data.takeAdminPassword(logins.name());
    servers.forEach(SupervisedNode::launch);
    for (SupervisedNode each : servers) {
      each.awaitReady();
    }
  }

  private SupervisedNode node(PlannedProcess process, Launch launch, ClusterFolder data) {
    return supervised(new ServerNode(process, programs.server(), launch, data.log(process.name())));
  }

  private SupervisedNode supervised(Program program) {
    return new SupervisedNode(
        program,
        starts,
        node -> {
          if (!closed.get()) {
            onChange.accept(node.status());
          }
        });
  }

  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as the gateway does: connections of an earlier one may linger
      socket.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw new ClusterFailure(
          "port %d is in use by another program; choose a free one with --port".formatted(port), e);
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new ClusterFailure("the cluster was ended before it was ready");
    }
  }

  /** All processes, in the order of their start. */
  public List<NodeStatus> status() {
    List<NodeStatus> status = new ArrayList<>();
    ClusterDatabases started = databases;
    if (started != null) {
      status.add(started.status());
    }
    SupervisedNode broker = brokerNode;
    if (broker != null) {
      status.add(broker.status());
    }
    servers.forEach(server -> status.add(server.status()));
    return status;
  }

  /**
   * A process of a service, the gateway or the private broker.
   *
   * @param name such as {@code sales-1}, {@code gateway-1} or {@code rabbitmq-1}
   * @throws IllegalArgumentException if there is none
   */
  public SupervisedNode node(String name) {
    List<SupervisedNode> all = new ArrayList<>(servers);
    SupervisedNode broker = brokerNode;
    if (broker != null) {
      all.add(broker);
    }
    return all.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no process %s; there are %s"
                    .formatted(name, all.stream().map(SupervisedNode::name).toList())));
  }

  /** Where the instances of a service listen. */
  public List<URI> urls(Service service) {
    return plan.servers().stream()
        .filter(server -> server.role().equals(service.label()))
        .map(PlannedProcess::url)
        .toList();
  }

  /** How to log in to the database of a service, as the service does. */
  public DatabaseLogin database(Service service) {
    ClusterDatabases started = databases;
    if (started == null) {
      throw new IllegalStateException("the cluster has not been started");
    }
    return started.login(plan.database(service));
  }

  /** The data folder, as a real path. */
  public Path data() {
    return opened().path();
  }

  /** The administrator's password, if it was generated; otherwise this file does not exist. */
  public Path adminPassword() {
    return opened().adminPassword();
  }

  private ClusterFolder opened() {
    ClusterFolder current = folder;
    if (current == null) {
      throw new IllegalStateException("the cluster has not been started");
    }
    return current;
  }

  /** Where each process has a log. */
  public Path logs() {
    return opened().logs();
  }

  /** Whether another thread than the one that starts it has closed it. */
  boolean isEndedByAnother() {
    return endedByAnother;
  }

  /**
   * Shuts all processes down: servers and gateway, which have 10 s, then the broker, which has 3 s,
   * and the database.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    endedByAnother = Thread.currentThread() != starter;
    try {
      endStart();
      Housekeeping watching = housekeeping;
      if (watching != null) {
        watching.close();
      }
      inParallel(
          servers.stream().<Ending>map(server -> () -> server.close(SERVER_STOP_LIMIT)).toList());
      List<Ending> rest = new ArrayList<>();
      SupervisedNode broker = brokerNode;
      if (broker != null) {
        rest.add(() -> broker.close(BROKER_STOP_LIMIT));
      }
      ClusterDatabases started = databases;
      if (started != null) {
        rest.add(started::close);
      }
      inParallel(rest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends a start that is under way. */
  private void endStart() throws InterruptedException {
    Thread starting = starter;
    if (starting != null && startEnded.getCount() > 0) {
      starting.interrupt();
      var _ = startEnded.await(ABORT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @FunctionalInterface
  private interface Ending {
    void run() throws InterruptedException;
  }

  private static void inParallel(List<Ending> endings) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Ending ending : endings) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  ending.run();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
