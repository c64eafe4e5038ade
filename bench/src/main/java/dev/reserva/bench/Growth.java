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
 * Measures what an order costs when few and when very many orders are stored, under the same load
 * three times. With ten thousand orders the JVM is still cold, and the warm-up itself stores more
 * orders. So the cold point shows only the database's share, and the warm server is measured after
 * its warm-up.
 */
final class Growth {
  private static final long FEW = 10_000;
  private static final int CLIENTS = 128;

  /** Log, tables, indexes and WAL; some 15 kB were measured. */
  private static final long BYTES_PER_ORDER = 25_000;

  private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration COUNTERS_LAG = Duration.ofSeconds(11);
  private static final Duration INTEGRITY_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration FILLING = Duration.ofSeconds(2);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Plan plan;
  private final Path jar;
  private final List<String> javaOptions;
  private final long minOrders;
  private boolean warm;

  /**
   * @param minOrders minimum number of stored orders in the second half
   */
  Growth(Plan plan, Path jar, List<String> javaOptions, long minOrders) {
    if (minOrders < FEW) {
      throw new BenchFailure("stored orders must be %d or more, were %d".formatted(FEW, minOrders));
    }
    this.plan = plan;
    this.jar = jar;
    this.javaOptions = javaOptions;
    this.minOrders = minOrders;
  }

  /**
   * Whole sagas with a number of stored orders.
   *
   * @param warm whether the JVM was warm
   * @param rowsReadInSequence per order, by scans without an index; grows when a plan gets worse
   * @param indexScans per order
   * @param foreign CPU time of other processes
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
      ForeignCpu foreign) {}

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
    options.add(
        "-Dreserva.operations.integrity-time-limit=%ds".formatted(INTEGRITY_TIMEOUT.toSeconds()));
    Bench.say("starting the server");
    try (ServerProcess server = ServerProcess.start(jar, options)) {
      requireSpace(minOrders, server.data());
      URI url = server.awaitUp();
      Shop shop = Shop.create(url, server.adminPassword(), plan.skus());
      List<Point> points = new ArrayList<>();
      double filling;
      try (ServerDatabase database = ServerDatabase.open(server.postgres())) {
        database.awaitKnownProducts(plan.skus(), SETTLE_TIMEOUT);
        MeasuredServer running = new MeasuredServer(server, database, shop);
        Bench.say("placing the first %d orders".formatted(FEW));
        while (database.orders() < FEW) {
          Load.closed(CLIENTS, FILLING, shop.acceptances()).complete();
          settle(running);
        }
        points.add(point(running));
        warmUp(running);
        points.add(point(running));
        Bench.say("filling up to %d orders".formatted(minOrders));
        long started = System.nanoTime();
        database.fill(minOrders);
        filling = (System.nanoTime() - started) / 1e9;
      }
      server.restart();
      Shop moved = shop.movedTo(server.awaitUp());
      try (ServerDatabase database = ServerDatabase.open(server.postgres())) {
        MeasuredServer running = new MeasuredServer(server, database, moved);
        warmUp(running);
        points.add(point(running));
      }
      Bench.say("verifying");
      JsonNode integrity = moved.api().integrity(INTEGRITY_TIMEOUT);
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

  /** Warms up the JVM, and the caches of the database. */
  private void warmUp(MeasuredServer running) throws IOException, InterruptedException {
    Bench.say("warming up the server");
    Phase.warmUp(running.target(), CLIENTS, plan.warmUp());
    warm = true;
  }

  private Point point(MeasuredServer running)
      throws IOException, SQLException, InterruptedException {
    Bench.say("whole sagas with %d orders stored".formatted(running.database().orders()));
    Thread.sleep(COUNTERS_LAG);
    long stored = running.database().orders();
    ServerDatabase.Counters counters = running.database().counters();
    ServerDatabase.Scans scans = running.database().scans();
    Phase phase =
        Phase.closed(running.target(), CLIENTS, plan.phase(), running.shop().wholeSagas());
    CpuTime.PerOrder used = phase.cpuPerOrder();
    Thread.sleep(COUNTERS_LAG);
    double orders = phase.orders();
    ServerDatabase.Scans made = running.database().scans().since(scans);
    return new Point(
        warm,
        stored,
        phase.orders(),
        phase.measured().perSecond(),
        phase.measured().latency(),
        used.serverMicros(),
        used.databaseMicros(),
        running.database().counters().since(counters).walBytes() / orders,
        made.rowsReadInSequence() / orders,
        made.indexScans() / orders,
        phase.used().foreign());
  }

  private static void settle(MeasuredServer running) throws SQLException, InterruptedException {
    if (!running.database().awaitSettled(SETTLE_TIMEOUT)) {
      throw new BenchFailure("orders are still under way after " + SETTLE_TIMEOUT);
    }
  }

  /** Throws an exception unless the disk of a folder has room for a number of orders. */
  static void requireSpace(long orders, Path folder) throws IOException {
    long free = Files.getFileStore(folder.getParent()).getUsableSpace();
    long needed = orders * BYTES_PER_ORDER;
    if (free < needed) {
      throw new BenchFailure(
          "%d orders need %d MiB of disk, %d MiB are free at %s"
              .formatted(orders, needed >> 20, free >> 20, folder.getParent()));
    }
  }
}
