package dev.reserva.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many statements the server sends per order, as pg_stat_statements counts them. Its counting
 * costs something, so it is loaded by a restart after all that is timed.
 */
final class StatementCount {
  private static final Duration SETTLING = Duration.ofMinutes(1);

  private StatementCount() {}

  /**
   * @param perOrder all statements of the server's sessions, those without an order's doing
   *     included
   * @param transactionControlPerOrder of these, begin, commit and rollback
   */
  record Figures(int clients, long orders, double perOrder, double transactionControlPerOrder) {

    static Figures of(int clients, long orders, ServerDatabase.Statements sent) {
      return new Figures(
          clients,
          orders,
          sent.all() / (double) orders,
          sent.transactionControl() / (double) orders);
    }
  }

  /** Whole sagas under each number of clients; restarts the server of the scene. */
  static List<Figures> measure(Scene before, int[] clients, Duration warmUp, Duration phase)
      throws Exception {
    before.database().loadStatementCounts();
    before.server().restart();
    URI url = before.server().awaitUp();
    try (ServerDatabase database = ServerDatabase.open(before.server().postgres())) {
      Scene scene = new Scene(before.server(), database, before.shop().movedTo(url));
      Map<String, Long> stored = database.states();
      long orders = warmUp(scene, clients[clients.length - 1], warmUp);
      List<Figures> figures = new ArrayList<>();
      for (int each : clients) {
        database.countStatementsAnew();
        long done = run(scene, each, phase);
        figures.add(Figures.of(each, done, database.statements()));
        orders += done;
      }
      stored.merge("CONFIRMED", orders, Long::sum);
      if (!database.states().equals(stored)) {
        throw new BenchFailure(
            "while statements were counted, orders became %s instead of %s"
                .formatted(database.states(), stored));
      }
      return figures;
    }
  }

  private static long run(Scene scene, int clients, Duration window) throws Exception {
    return settled(scene, Load.closed(clients, window, scene.shop().wholeSagas()).complete());
  }

  /** The server was just restarted, so it may be slow, and turn buyers away. */
  private static long warmUp(Scene scene, int clients, Duration window) throws Exception {
    return settled(scene, Load.closed(clients, window, scene.shop().wholeSagas()));
  }

  private static long settled(Scene scene, Measured measured) throws Exception {
    if (!scene.database().awaitSettled(SETTLING)) {
      throw new BenchFailure("orders are still under way after " + SETTLING);
    }
    return measured.succeeded();
  }
}
