package dev.reserva.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A version of the server that runs, and what has been asked of it so far. */
final class Contender implements AutoCloseable {
  /** A run stores up to millions of orders, and all invariants of all of them are counted. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

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
   * Fills the shelves of a server that was started and is perhaps not up yet.
   *
   * @param server is closed with this, but not if this fails
   */
  static Contender furnish(Version version, ServerProcess server, int skus)
      throws IOException, InterruptedException, SQLException {
    Shop shop = Shop.furnish(server.awaitUp(), server.adminPassword(), skus);
    if (!shop.api().awaitCaughtUp(Bench.SETTLING)) {
      throw new BenchFailure(
          "%s has events left to handle after %s".formatted(version.name(), Bench.SETTLING));
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

  /** Remembers orders that were accepted, or perhaps accepted without an answer. */
  void accept(long orders, long unanswered) {
    accepted += orders;
    mayBeStored += unanswered;
    lastActive = System.nanoTime();
  }

  /** Forgets the best rates: those of a new turn count. */
  void startTurn() {
    bestSagas = 0;
    bestConfirmed = 0;
  }

  /** Remembers a rate of whole sagas. */
  void noteSagas(double perSecond) {
    bestSagas = Math.max(bestSagas, perSecond);
    noteConfirmed(perSecond);
  }

  /** Remembers a rate of orders that were all taken to CONFIRMED. */
  void noteConfirmed(double perSecond) {
    bestConfirmed = Math.max(bestConfirmed, perSecond);
  }

  /** The best rate of whole sagas in this turn; 0 before any. */
  double bestSagas() {
    return bestSagas;
  }

  /** The best rate of orders taken to CONFIRMED in this turn; 0 before any. */
  double bestConfirmed() {
    return bestConfirmed;
  }

  /** From here on the database's costs are counted. */
  void startCounting() throws SQLException, InterruptedException {
    counted = settledCounters();
  }

  /** What each of so many orders has cost since. */
  Map<String, Double> costsPerOrder(long orders) throws SQLException, InterruptedException {
    DatabaseCosts.Counters before = counted;
    if (before == null) {
      throw new IllegalStateException("nothing is being counted");
    }
    counted = null;
    return settledCounters().since(before).perOrder(orders);
  }

  /** Counters to which no session of the server has anything to add. */
  private DatabaseCosts.Counters settledCounters() throws SQLException, InterruptedException {
    long rested = System.nanoTime() - lastActive;
    Thread.sleep(Math.max(0, Bench.COUNTERS_LAG.toMillis() - rested / 1_000_000));
    return costs.counters();
  }

  /** Proves that everything was real work, by the public API. */
  Results.Verified verify() throws IOException, InterruptedException {
    if (!shop.api().awaitSettled(Bench.SETTLING) || !shop.api().awaitCaughtUp(Bench.SETTLING)) {
      throw new BenchFailure(
          "%s has not come to an end after %s".formatted(version.name(), Bench.SETTLING));
    }
    return Proof.of(
        shop.api().ordersByStatus(), accepted, mayBeStored, shop.api().integrity(PATIENCE));
  }

  @Override
  public void close() throws SQLException {
    try (server) {
      costs.close();
    }
  }
}
