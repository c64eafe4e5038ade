package dev.reserva.peers;

import static dev.reserva.peers.Comparison.say;

import dev.reserva.bench.BenchFailure;
import dev.reserva.bench.CpuTime;
import dev.reserva.bench.Load;
import dev.reserva.bench.Measured;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A shop in the run. After a fault it takes no further part. */
final class Participant implements AutoCloseable {
  /**
   * An idle session of PostgreSQL reports its counters after up to 10 s (PGSTAT_IDLE_INTERVAL in
   * pgstat.c).
   */
  private static final Executor AFTER_COUNTERS_LAG =
      CompletableFuture.delayedExecutor(11, TimeUnit.SECONDS);

  private final Contender shop;
  private final List<String> faults = new ArrayList<>();
  private final List<Phase> phases = new ArrayList<>();
  private long orders;

  /** The database's counters after the last load. */
  private CompletableFuture<Database.Counters> counters = CompletableFuture.completedFuture(null);

  Participant(Contender shop) {
    this.shop = shop;
  }

  /** A measured phase. Its counters are complete when {@code after} is. */
  private record Phase(
      int turn,
      int clients,
      Measured measured,
      CpuTime used,
      Database.Counters before,
      CompletableFuture<Database.Counters> after) {

    Results.Phase result() {
      Database.Counters spent = after.join().since(before);
      double each = measured.succeeded();
      return new Results.Phase(
          turn,
          clients,
          measured.perSecond(),
          measured.latency(),
          used.perOrder(measured.succeeded()),
          spent.commits() / each,
          spent.walBytes() / each,
          used.foreign());
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException, SQLException, InterruptedException;
  }

  private void unlessFailed(Step step) throws IOException, SQLException, InterruptedException {
    if (faults.isEmpty()) {
      try {
        step.run();
      } catch (BenchFailure e) {
        fail(String.valueOf(e.getMessage()));
      }
    }
  }

  private void fail(String fault) {
    faults.add(fault);
    say(shop.name() + " fails: " + fault);
  }

  /** Runs more buyers than there are units, and checks that nothing is oversold. */
  void checkRush(Rush rush) throws IOException, SQLException, InterruptedException {
    say("%s: %d buyers for %d units".formatted(shop.name(), rush.buyers(), rush.units()));
    unlessFailed(() -> {
      Rush.Answers answers = rush.on(shop.storefront(), shop.stock().one(), shop.stock().other());
      if (answers.confirmed() != rush.units()) {
        fail("%d orders were confirmed".formatted(answers.confirmed()));
      }
      shop.awaitFinished();
      shop.accounts().faults(rush, 0).forEach(this::fail);
    });
  }

  void warmUp(int clients, Duration window) throws IOException, SQLException, InterruptedException {
    say(shop.name() + ": warming up");
    unlessFailed(() -> load(clients, window));
  }

  /**
   * One closed loop of whole sagas.
   *
   * @param resting reads the CPU time of the other shops so far
   */
  void measure(int turn, int clients, Duration window, Supplier<Duration> resting)
      throws IOException, SQLException, InterruptedException {
    unlessFailed(() -> {
      counters.join();
      Database.Counters before = shop.database().counters();
      CpuTime started = cpuTime(resting);
      Measured measured = load(clients, window);
      CpuTime used = cpuTime(resting).since(started);
      phases.add(new Phase(turn, clients, measured, used, before, counters));
    });
  }

  private Measured load(int clients, Duration window)
      throws IOException, SQLException, InterruptedException {
    Measured measured = Load.closed(clients, window, shop.buyers()).complete();
    orders += measured.succeeded();
    shop.awaitFinished();
    counters = CompletableFuture.supplyAsync(this::readCounters, AFTER_COUNTERS_LAG);
    return measured;
  }

  private Database.Counters readCounters() {
    try {
      return shop.database().counters();
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }

  private CpuTime cpuTime(Supplier<Duration> resting) throws IOException {
    return CpuTime.now(shop.jvmCpu(), shop.databaseCpu(), resting.get());
  }

  /** CPU time that its JVM and its database have used so far. */
  Duration cpu() {
    return shop.jvmCpu().plus(shop.databaseCpu());
  }

  /** Checks every order of the run. */
  void verify(Rush rush) throws IOException, SQLException, InterruptedException {
    say(shop.name() + ": verifying");
    unlessFailed(() -> shop.accounts().faults(rush, orders).forEach(this::fail));
  }

  /** The results; without figures if there is a fault. */
  Results.Shop result() {
    return new Results.Shop(
        shop.name(),
        shop.version(),
        List.copyOf(faults),
        orders,
        faults.isEmpty() ? phases.stream().map(Phase::result).toList() : List.of());
  }

  @Override
  public void close() throws SQLException {
    shop.close();
  }
}
