package dev.reserva.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A running version of the server, and the orders that it has accepted so far. */
final class Contender implements AutoCloseable {
  /** A run stores up to millions of orders, and the integrity check reads all of them. */
  static final Duration INTEGRITY_TIMEOUT = Duration.ofMinutes(10);

  private final Version version;
  private final ServerProcess server;
  private final Shop shop;
  private final DatabaseCosts costs;
  private long accepted;
  private long mayBeStored;
  private long lastActive = System.nanoTime();
  private double bestSagas;
  private double bestConfirmed;
  private DatabaseCosts.@Nullable Counters counted;

  private Contender(Version version, ServerProcess server, Shop shop, DatabaseCosts costs) {
    this.version = version;
    this.server = server;
    this.shop = shop;
    this.costs = costs;
  }

  /**
   * Creates the products on a server that has been started.
   *
   * @param server closed with the contender, but not if this fails
   */
  static Contender create(Version version, ServerProcess server, int skus)
      throws IOException, InterruptedException, SQLException {
    Shop shop = Shop.create(server.awaitUp(), server.adminPassword(), skus);
    if (!shop.api().awaitCaughtUp(Bench.SETTLE_TIMEOUT)) {
      throw new BenchFailure(
          "%s has not handled all events after %s".formatted(version.name(), Bench.SETTLE_TIMEOUT));
    }
    return new Contender(version, server, shop, DatabaseCosts.open(server.postgres()));
  }

  Version version() {
    return version;
  }

  ServerProcess server() {
    return server;
  }

  Shop shop() {
    return shop;
  }

  Path data() {
    return server.data();
  }

  /** How many orders it has accepted. */
  long accepted() {
    return accepted;
  }

  /** Counts orders that were accepted, and those without an answer. */
  void accept(long orders, long unanswered) {
    accepted += orders;
    mayBeStored += unanswered;
    lastActive = System.nanoTime();
  }

  /** Begins a turn: the best rate of confirmed orders is that of the turn. */
  void startTurn() {
    bestConfirmed = 0;
  }

  /** Records a rate of whole sagas. */
  void noteSagas(double perSecond) {
    bestSagas = Math.max(bestSagas, perSecond);
    noteConfirmed(perSecond);
  }

  /** Records a rate of orders that all became CONFIRMED. */
  void noteConfirmed(double perSecond) {
    bestConfirmed = Math.max(bestConfirmed, perSecond);
  }

  /** The best rate of whole sagas so far; 0 before any. */
  double bestSagas() {
    return bestSagas;
  }

  /** The best rate of confirmed orders in this turn; 0 before any. */
  double bestConfirmed() {
    return bestConfirmed;
  }

  /** Begins to count the database's costs. */
  void startCounting() throws SQLException, InterruptedException {
    counted = settledCounters();
  }

  /** The database's costs per order since {@link #startCounting}. */
  Map<String, Double> costsPerOrder(long orders) throws SQLException, InterruptedException {
    DatabaseCosts.Counters before = counted;
    if (before == null) {
      throw new IllegalStateException("startCounting must be called first");
    }
    counted = null;
    return settledCounters().since(before).perOrder(orders);
  }

  /** The counters, once all sessions have reported theirs. */
  private DatabaseCosts.Counters settledCounters() throws SQLException, InterruptedException {
    long idle = System.nanoTime() - lastActive;
    Thread.sleep(Math.max(0, Bench.COUNTERS_LAG.toMillis() - idle / 1_000_000));
    return costs.counters();
  }

  /** Checks by the public API that every accepted order was confirmed. */
  Verified verify() throws IOException, InterruptedException {
    if (!shop.api().awaitSettled(Bench.SETTLE_TIMEOUT)
        || !shop.api().awaitCaughtUp(Bench.SETTLE_TIMEOUT)) {
      throw new BenchFailure(
          "%s has orders or events under way after %s"
              .formatted(version.name(), Bench.SETTLE_TIMEOUT));
    }
    return Proof.of(
        shop.api().ordersByStatus(),
        accepted,
        mayBeStored,
        shop.api().integrity(INTEGRITY_TIMEOUT));
  }

  @Override
  public void close() throws SQLException {
    try (server) {
      costs.close();
    }
  }
}
