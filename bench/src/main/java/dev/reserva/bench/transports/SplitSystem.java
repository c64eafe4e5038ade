package dev.reserva.bench.transports;

import dev.reserva.bench.BenchFailure;
import dev.reserva.bench.ServerProcess;
import dev.reserva.cluster.ClusterOptions;
import dev.reserva.cluster.ClusterPlan;
import dev.reserva.cluster.NodeState;
import dev.reserva.cluster.NodeStatus;
import dev.reserva.cluster.RunningCluster;
import dev.reserva.cluster.Service;
import dev.reserva.harness.Ports;
import dev.reserva.harness.ProcessCpu;
import dev.reserva.postgres.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A process for each service and a gateway, as {@code ./reserva cluster} starts them, but with a
 * heap and a compiler as {@code ./reserva up} has them.
 */
final class SplitSystem implements MeasuredSystem {
  /** Later options take precedence over those of the cluster. */
  private static final List<String> JVM =
      List.of(ServerProcess.HEAP, "-XX:TieredStopAtLevel=4", "-XX:ReservedCodeCacheSize=128m");

  private final SystemKind kind;
  private final RunningCluster cluster;
  private final @Nullable PrivateBroker broker;
  private final int port;

  private SplitSystem(
      SystemKind kind, RunningCluster cluster, @Nullable PrivateBroker broker, int port) {
    this.kind = kind;
    this.cluster = cluster;
    this.broker = broker;
    this.port = port;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param broker absent with PostgreSQL alone; its owner closes it
   */
  static SplitSystem start(
      SystemKind kind, Programs programs, List<String> javaOptions, @Nullable PrivateBroker broker)
      throws IOException, InterruptedException {
    List<String> jvm = new ArrayList<>(JVM);
    jvm.addAll(javaOptions);
    int port = Ports.free();
    ClusterOptions options =
        new ClusterOptions(
            kind.transport(),
            Arrays.stream(Service.values()).collect(Collectors.toMap(Function.identity(), _ -> 1)),
            port,
            Files.createTempDirectory("reserva-bench-"),
            broker == null ? null : broker.address(),
            broker == null ? Map.of() : broker.credentials(),
            jvm);
    RunningCluster cluster =
        new RunningCluster(
            ClusterPlan.of(options, SplitSystem::freePort),
            new RunningCluster.Programs(programs.server(), null),
            SplitSystem::report);
    SplitSystem system = new SplitSystem(kind, cluster, broker, port);
    try {
      cluster.start();
      return system;
    } catch (IOException | InterruptedException | RuntimeException e) {
      Folders.delete(options.data());
      throw e;
    }
  }

  private static int freePort() {
    try {
      return Ports.free();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process that dies spoils the measurement. */
  private static void report(NodeStatus status) {
    if (status.state() == NodeState.BACKING_OFF || status.state() == NodeState.FAILED) {
      System.err.println(status.name() + ": " + status.reason());
    }
  }

  @Override
  public SystemKind kind() {
    return kind;
  }

  @Override
  public URI url() {
    return URI.create("http://localhost:" + port);
  }

  @Override
  public String adminPassword() throws IOException {
    return Files.readString(cluster.adminPassword()).strip();
  }

  /**
   * @throws BenchFailure if a process has been started again: what it used before is not known
   */
  @Override
  public Map<String, Duration> cpu() {
    Map<String, Duration> cpu = new LinkedHashMap<>();
    NodeStatus database = null;
    for (NodeStatus status : cluster.status()) {
      if (status.restarts() > 0 || status.pid() == 0) {
        throw new BenchFailure(status.name() + " has died");
      }
      if (status.role().equals(DATABASE)) {
        database = status;
      } else {
        cpu.merge(status.role(), ProcessCpu.withEnded(process(status)), Duration::plus);
      }
    }
    if (broker != null) {
      cpu.put(kind.transport().label(), broker.cpu());
    }
    if (database != null) {
      ProcessHandle postmaster = process(database);
      cpu.put(
          DATABASE, ProcessCpu.withEnded(postmaster).plus(ProcessCpu.ofDescendants(postmaster)));
    }
    return cpu;
  }

  private static ProcessHandle process(NodeStatus status) {
    return ProcessHandle.of(status.pid())
        .orElseThrow(() -> new BenchFailure(status.name() + " has died"));
  }

  @Override
  public int processes() {
    return Math.toIntExact(
        cluster.status().stream().filter(status -> !status.role().equals(DATABASE)).count());
  }

  @Override
  public void close() throws IOException {
    Path data = cluster.data();
    cluster.close();
    Folders.delete(data);
  }
}
