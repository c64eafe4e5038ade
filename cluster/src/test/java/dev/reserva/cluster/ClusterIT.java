package dev.reserva.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one database, of the server that the build has just packaged. */
class ClusterIT {
  private static final Path JAR = Path.of("../server/target/reserva-server.jar");
  private static final Duration RESTART_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  @TempDir private Path parent;

  private final List<String> changes = new CopyOnWriteArrayList<>();

  private RunningCluster cluster(Map<Service, Integer> instances) throws IOException {
    assertThat(JAR).as("packaged by mvn verify of the whole").isRegularFile();
    ClusterOptions options =
        new ClusterOptions(
            Transport.POSTGRES,
            instances,
            0,
            parent.resolve("data"),
            null,
            Map.of("RESERVA_FINANCIAL_PROVIDER", "none"),
            List.of());
    return new RunningCluster(
        ClusterPlan.of(options, ClusterIT::freePort),
        new RunningCluster.Programs(JAR.toRealPath(), null),
        node -> changes.add(node.name() + " " + node.state().label()));
  }

  private static int freePort() {
    try {
      return Ports.free();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_killed_process_comes_back_a_stop_leaves_nothing_and_a_start_finds_the_data()
      throws Exception {
    List<NodeStatus> running;
    String password;
    try (RunningCluster cluster = cluster(Map.of(Service.CUSTOMERS, 1, Service.SALES, 1))) {
      cluster.start();
      password = Files.readString(cluster.adminPassword()).strip();
      assertThat(logIn(cluster, password)).isEqualTo(200);
      SupervisedNode sales = cluster.node("sales-1");
      long killed = sales.pid();
      assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly()).isTrue();

      await().atMost(RESTART_LIMIT).until(() -> sales.status().restarts() == 1);
      await().atMost(RESTART_LIMIT).until(() -> sales.state() == NodeState.READY);
      assertThat(sales.pid()).isNotEqualTo(killed);
      assertThat(isReady(cluster.urls(Service.SALES).getFirst())).isTrue();
      assertThat(changes)
          .containsSubsequence(
              "customers-1 ready",
              "sales-1 ready",
              "sales-1 backing off",
              "sales-1 starting",
              "sales-1 ready");

      running = cluster.status();
      assertThat(running)
          .extracting(NodeStatus::role)
          .containsExactly("postgres", "customers", "sales");
      assertThat(running)
          .allSatisfy(node -> {
            assertThat(ProcessHandle.of(node.pid())).isPresent();
            assertThat(node.residentBytes()).isGreaterThan(1 << 20);
          });
      assertThat(cluster.logs().resolve("sales-1.log")).content().contains("Reserva is up");
      assertTimeoutPreemptively(STOP_LIMIT, cluster::close);
    }
    for (NodeStatus node : running) {
      assertThat(ProcessHandle.of(node.pid())).as(node.name()).isEmpty();
      assertRefused(node.port());
    }

    try (RunningCluster again = cluster(Map.of(Service.CUSTOMERS, 1))) {
      again.start();
      assertThat(logIn(again, password)).isEqualTo(200);
    }
  }

  private static int logIn(RunningCluster cluster, String password) throws IOException {
    try (HttpConnection connection =
        new HttpConnection(cluster.urls(Service.CUSTOMERS).getFirst())) {
      return connection
          .post(
              "/api/auth/token",
              "",
              "{\"username\":\"admin\",\"password\":\"%s\"}".formatted(password))
          .status();
    }
  }

  private static boolean isReady(URI server) throws IOException {
    try (HttpConnection connection = new HttpConnection(server)) {
      return connection.get("/actuator/health/readiness", "").status() == 200;
    }
  }

  private static void assertRefused(int port) {
    Assertions.assertThatThrownBy(
            () -> {
              try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                Objects.requireNonNull(socket);
              }
            })
        .isInstanceOf(ConnectException.class);
  }
}
