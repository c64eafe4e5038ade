package dev.reserva.bench;

import dev.reserva.harness.Machine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an order costs when few are stored, and when very many are: the same load, three times. With
 * ten thousand stored the JVM is still compiling, and what warms it up stores more than is counted:
 * so few tell of the database's share only, and the warm server is measured behind its warm-up.
 */
final class Growth {
  private static final long FEW = 10_000;
  private static final int CLIENTS = 128;

  /** Log, tables, indexes, and what is written ahead of them, by measure some 15 kB. */
  private static final long BYTES_PER_ORDER = 25_000;

  private static final Duration SETTLING = Duration.ofMinutes(2);
  private static final Duration COUNTERS_LAG = Duration.ofSeconds(11);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration FILLING = Duration.ofSeconds(2);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Plan plan;
  private final Path jar;
  private final List<String> javaOptions;
  private final long wanted;
  private boolean warm;

  /**
   * @param wanted how many orders are stored in the second half, at least
   */
  Growth(Plan plan, Path jar, List<String> javaOptions, long wanted) {
    if (wanted < FEW) {
      throw new BenchFailure("stored orders must be %d or more, were %d".formatted(FEW, wanted));
    }
    this.plan = plan;
    this.jar = jar;
    this.javaOptions = javaOptions;
    this.wanted = wanted;
  }

  /**
   * Whole sagas with so many orders stored.
   *
   * @param warm whether the JVM had been warmed up
   * @param rowsReadInSequence per order, by scans without an index: grows when a plan turns bad
   * @param indexScans per order
   * @param foreign CPU time that went elsewhere meanwhile
   */
  record Point(
      boolean warm,
      long storedOrders,
      long orders,
      double ordersPerSecond,
      Latency millis,
      double serverMicros,
      double databaseMicros,
      double walBytes,
      double rowsReadInSequence,
      double indexScans,
      Foreign foreign) {}

  record Figures(
      String at,
      String commit,
      Machine machine,
      boolean quick,
      int clients,
      List<Point> points,
      double fillingSeconds,
      int invariants) {

    String json() {
      return JSON.writeValueAsString(this);
    }

    String fileName() {
      return at.substring(0, 10) + "-" + commit + "-growth" + (quick ? "-quick" : "") + ".json";
    }

    String table() {
      StringBuilder text =
          new StringBuilder(
              "whole sagas, %d clients, by orders stored (%d invariants hold)%n"
                  .formatted(clients, invariants));
      for (Point point : points) {
        text.append(
            String.format(
                Locale.ROOT,
                "%9d stored, %s: %5.0f orders/s · p50 %.1f · p99 %.1f ms · CPU µs/order JVM %.0f database %.0f · WAL %.0f bytes · per order %.1f rows read in sequence, %.1f index scans %s%n",
                point.storedOrders(),
                point.warm() ? "warm" : "cold",
                point.ordersPerSecond(),
                point.millis().p50(),
                point.millis().p99(),
                point.serverMicros(),
                point.databaseMicros(),
                point.walBytes(),
                point.rowsReadInSequence(),
                point.indexScans(),
                point.foreign().flag()));
      }
      return text.toString();
    }
  }

  Figures run(String commit) throws Exception {
    String at = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Machine machine = Machine.here();
    List<String> options = new ArrayList<>(javaOptions);
    options.add("-Dreserva.operations.integrity-time-limit=%ds".formatted(PATIENCE.toSeconds()));
    Bench.say("starting the server");
    try (ServerProcess server = ServerProcess.start(jar, options)) {
      spaceFor(wanted, server.data());
      URI url = server.awaitUp();
      Shop shop = Shop.furnish(url, server.adminPassword(), plan.skus());
      List<Point> points = new ArrayList<>();
      double filling;
      try (ServerDatabase database = ServerDatabase.open(server.postgres())) {
        database.awaitKnownProducts(plan.skus(), SETTLING);
        Scene scene = new Scene(server, database, shop);
        Bench.say("placing the first %d orders".formatted(FEW));
        while (database.orders() < FEW) {
          Load.closed(CLIENTS, FILLING, shop.acceptances()).complete();
          settle(scene);
        }
        points.add(point(scene));
        warmUp(scene);
        points.add(point(scene));
        Bench.say("filling up to %d orders".formatted(wanted));
        long started = System.nanoTime();
        database.fill(wanted);
        filling = (System.nanoTime() - started) / 1e9;
      }
      server.restart();
      Shop moved = shop.movedTo(server.awaitUp());
      try (ServerDatabase database = ServerDatabase.open(server.postgres())) {
        Scene scene = new Scene(server, database, moved);
        warmUp(scene);
        points.add(point(scene));
      }
      Bench.say("verifying");
      JsonNode integrity = moved.api().integrity(PATIENCE);
      if (!integrity.path("ok").asBoolean()) {
        throw new BenchFailure("an invariant is broken: " + integrity);
      }
      return new Figures(
          at,
          commit,
          machine,
          plan.quick(),
          CLIENTS,
          points,
          filling,
          integrity.path("checks").size());
    }
  }

  /** Afterwards what stands in the caches is what the load wants, too. */
  private void warmUp(Scene scene) throws SQLException, InterruptedException {
    Bench.say("warming the server up");
    Load.closed(CLIENTS, plan.warmUp(), scene.shop().wholeSagas()).complete();
    settle(scene);
    warm = true;
  }

  private Point point(Scene scene) throws IOException, SQLException, InterruptedException {
    Bench.say("whole sagas with %d orders stored".formatted(scene.database().orders()));
    Thread.sleep(COUNTERS_LAG);
    long stored = scene.database().orders();
    ServerDatabase.Counters counters = scene.database().counters();
    ServerDatabase.Scans scans = scene.database().scans();
    Phase phase = Phase.closed(scene.target(), CLIENTS, plan.phase(), scene.shop().wholeSagas());
    CpuTime.PerOrder used = phase.cpuPerOrder();
    Thread.sleep(COUNTERS_LAG);
    double orders = phase.orders();
    ServerDatabase.Scans made = scene.database().scans().since(scans);
    return new Point(
        warm,
        stored,
        phase.orders(),
        phase.measured().perSecond(),
        phase.measured().latency(),
        used.serverMicros(),
        used.databaseMicros(),
        scene.database().counters().since(counters).walBytes() / orders,
        made.rowsReadInSequence() / orders,
        made.indexScans() / orders,
        phase.used().foreign());
  }

  private static void settle(Scene scene) throws SQLException, InterruptedException {
    if (!scene.database().awaitSettled(SETTLING)) {
      throw new BenchFailure("orders are still under way after " + SETTLING);
    }
  }

  /** Makes sure that so many orders find room beside a folder. */
  static void spaceFor(long orders, Path folder) throws IOException {
    long free = Files.getFileStore(folder.getParent()).getUsableSpace();
    long needed = orders * BYTES_PER_ORDER;
    if (free < needed) {
      throw new BenchFailure(
          "%d orders need %d MiB of disk, %d MiB are free at %s"
              .formatted(orders, needed >> 20, free >> 20, folder.getParent()));
    }
  }
}
