package dev.reserva.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures whole sagas without and with a transaction held open on the server's database. The load
 * continues meanwhile, so that rows change and their old versions stay. It uses a server of its
 * own, because the old row versions would slow down other phases.
 */
final class LongSnapshot {
  private static final int CLIENTS = 128;

  /** Number of parts in which the hold is measured. */
  private static final int PARTS = 10;

  /** The integrity check of all orders takes minutes. */
  private static final Duration INTEGRITY_TIMEOUT = Duration.ofMinutes(10);

  private LongSnapshot() {}

  /**
   * One part of the measurement.
   *
   * @param startSeconds after the snapshot was taken; 0 without a snapshot
   */
  record Part(
      double startSeconds,
      long orders,
      double ordersPerSecond,
      Latency millis,
      double serverMicros,
      double databaseMicros,
      ForeignCpu foreign) {

    static Part of(Phase phase, double startSeconds) {
      CpuTime.PerOrder cpu = phase.cpuPerOrder();
      return new Part(
          startSeconds,
          phase.orders(),
          phase.measured().perSecond(),
          phase.measured().latency(),
          cpu.serverMicros(),
          cpu.databaseMicros(),
          phase.used().foreign());
    }

    /** CPU time of one order in the server's JVM and its database. */
    double cpuMicros() {
      return serverMicros + databaseMicros;
    }
  }

  /**
   * @param without before the snapshot is taken
   * @param held the parts while it is held, in order
   * @param after after it is released
   */
  record Figures(
      int clients, long holdSeconds, Part without, List<Part> held, Part after, Verified verified) {

    Part first() {
      return held.getFirst();
    }

    Part last() {
      return held.getLast();
    }

    /** Throughput of a part in percent of that without a snapshot. */
    double percent(Part part) {
      return 100 * part.ordersPerSecond() / without.ordersPerSecond();
    }
  }

  /** Measures a server of its own. */
  static Figures run(Plan plan, Path jar, List<String> javaOptions) throws Exception {
    List<String> options = new ArrayList<>(javaOptions);
    options.add(
        "-Dreserva.operations.integrity-time-limit=%ds".formatted(INTEGRITY_TIMEOUT.toSeconds()));
    Bench.say("starting a server for the long snapshot");
    try (ServerProcess server = ServerProcess.start(jar, options)) {
      URI url = server.awaitUp();
      Shop shop = Shop.create(url, server.adminPassword(), plan.skus());
      try (ServerDatabase database = ServerDatabase.open(server.postgres())) {
        if (!database.awaitKnownProducts(plan.skus(), Bench.SETTLE_TIMEOUT)) {
          throw new BenchFailure("sales does not know all products after " + Bench.SETTLE_TIMEOUT);
        }
        Bench.say("warming it up");
        MeasuredServer running = new MeasuredServer(server, database, shop);
        long orders = Phase.warmUp(running.target(), CLIENTS, plan.warmUp()).orders();
        return measure(running, CLIENTS, plan.hold(), orders);
      }
    }
  }

  /**
   * Measures a server that is warm.
   *
   * @param hold how long the snapshot is held; a tenth of it is one part
   * @param stored orders that are stored already, all of them CONFIRMED
   */
  static Figures measure(MeasuredServer running, int clients, Duration hold, long stored)
      throws Exception {
    Duration length = hold.dividedBy(PARTS);
    Bench.say("whole sagas without a snapshot");
    Part without = part(running, clients, length, 0);
    Growth.requireSpace(
        (long) (without.ordersPerSecond() * hold.toSeconds()), running.server().data());
    Bench.say("whole sagas with a snapshot held for " + hold.toSeconds() + " s");
    List<Part> held = new ArrayList<>();
    try (HeldSnapshot snapshot = HeldSnapshot.take(running.server().postgres())) {
      long taken = System.nanoTime();
      for (double at = 0; at < hold.toSeconds(); at = (System.nanoTime() - taken) / 1e9) {
        held.add(part(running, clients, length, at));
      }
      snapshot.requireHeld();
    }
    Bench.say("whole sagas after the snapshot");
    Part after = part(running, clients, length, 0);
    Bench.say("verifying");
    long orders =
        stored + without.orders() + held.stream().mapToLong(Part::orders).sum() + after.orders();
    return new Figures(
        clients,
        hold.toSeconds(),
        without,
        List.copyOf(held),
        after,
        Proof.of(
            running.database().states(),
            orders,
            0,
            running.shop().api().integrity(INTEGRITY_TIMEOUT)));
  }

  private static Part part(
      MeasuredServer running, int clients, Duration length, double startSeconds) throws Exception {
    return Part.of(
        Phase.closed(running.target(), clients, length, running.shop().wholeSagas()), startSeconds);
  }
}
