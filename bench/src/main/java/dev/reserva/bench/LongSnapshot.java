package dev.reserva.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole sagas without and with a transaction held open on the server's database. The load goes on
 * all the while, so that rows change and their old versions stay. The server is one of its own,
 * since what this leaves behind would burden other phases.
 */
final class LongSnapshot {
  private static final int CLIENTS = 128;

  /** The hold is measured in so many parts. */
  private static final int PARTS = 10;

  /** Counting the invariants of so many orders takes minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private LongSnapshot() {}

  /**
   * Whole sagas for some seconds.
   *
   * @param startSeconds after the snapshot was taken; 0 where there is none
   */
  record Part(
      double startSeconds,
      long orders,
      double ordersPerSecond,
      Latency millis,
      double serverMicros,
      double databaseMicros,
      Foreign foreign) {

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
   * @param held while it is held, one part after the other
   * @param after when it is given up
   */
  record Figures(
      int clients,
      long holdSeconds,
      Part without,
      List<Part> held,
      Part after,
      Results.Verified verified) {

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
    options.add("-Dreserva.operations.integrity-time-limit=%ds".formatted(PATIENCE.toSeconds()));
    Bench.say("starting a server for the long snapshot");
    try (ServerProcess server = ServerProcess.start(jar, options)) {
      URI url = server.awaitUp();
      Shop shop = Shop.furnish(url, server.adminPassword(), plan.skus());
      try (ServerDatabase database = ServerDatabase.open(server.postgres())) {
        if (!database.awaitKnownProducts(plan.skus(), Bench.SETTLING)) {
          throw new BenchFailure("sales has not heard of all products after " + Bench.SETTLING);
        }
        Bench.say("warming it up");
        Scene scene = new Scene(server, database, shop);
        long orders =
            Phase.closed(scene.target(), CLIENTS, plan.warmUp(), shop.wholeSagas()).orders();
        return measure(scene, CLIENTS, plan.hold(), orders);
      }
    }
  }

  /**
   * Measures a server that is warm.
   *
   * @param hold how long the snapshot is held; a tenth of it is one part
   * @param stored orders that are stored already, all of them CONFIRMED
   */
  static Figures measure(Scene scene, int clients, Duration hold, long stored) throws Exception {
    Duration length = hold.dividedBy(PARTS);
    Bench.say("whole sagas without a snapshot");
    Part without = part(scene, clients, length, 0);
    Growth.spaceFor((long) (without.ordersPerSecond() * hold.toSeconds()), scene.server().data());
    Bench.say("whole sagas with a snapshot held for " + hold.toSeconds() + " s");
    List<Part> held = new ArrayList<>();
    try (HeldSnapshot snapshot = HeldSnapshot.take(scene.server().postgres())) {
      long taken = System.nanoTime();
      for (double at = 0; at < hold.toSeconds(); at = (System.nanoTime() - taken) / 1e9) {
        held.add(part(scene, clients, length, at));
      }
      snapshot.requireHeld();
    }
    Bench.say("whole sagas after the snapshot");
    Part after = part(scene, clients, length, 0);
    Bench.say("verifying");
    long orders =
        stored + without.orders() + held.stream().mapToLong(Part::orders).sum() + after.orders();
    return new Figures(
        clients,
        hold.toSeconds(),
        without,
        List.copyOf(held),
        after,
        Proof.of(scene.database().states(), orders, 0, scene.shop().api().integrity(PATIENCE)));
  }

  private static Part part(Scene scene, int clients, Duration length, double startSeconds)
      throws Exception {
    return Part.of(
        Phase.closed(scene.target(), clients, length, scene.shop().wholeSagas()), startSeconds);
  }
}
