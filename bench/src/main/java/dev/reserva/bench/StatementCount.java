package dev.reserva.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Counts the statements that the server sends per order, with pg_stat_statements. The extension
 * costs CPU time, so it is loaded by a restart after all timed phases.
 */
final class StatementCount {
  private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(1);

  private StatementCount() {}

  /**
   * @param perOrder all statements of the server's sessions, including those of background work
   * @param transactionControlPerOrder begin, commit and rollback among them
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

  /** Restarts the server, and counts the statements of whole sagas for each number of clients. */
  static List<Figures> measure(
      MeasuredServer before, int[] clients, Duration warmUp, Duration phase) throws Exception {
    before.database().loadStatementCounts();
    before.server().restart();
    URI url = before.server().awaitUp();
    try (ServerDatabase database = ServerDatabase.open(before.server().postgres())) {
      MeasuredServer running =
          new MeasuredServer(before.server(), database, before.shop().movedTo(url));
      Map<String, Long> stored = database.states();
      long orders = warmUp(running, clients[clients.length - 1], warmUp);
      List<Figures> figures = new ArrayList<>();
      for (int each : clients) {
        database.resetStatementCounts();
        long done = run(running, each, phase);
        figures.add(Figures.of(each, done, database.statements()));
        orders += done;
      }
      stored.merge("CONFIRMED", orders, Long::sum);
      if (!database.states().equals(stored)) {
        throw new BenchFailure(
            "after the count of statements there are orders %s instead of %s"
                .formatted(database.states(), stored));
      }
      return figures;
    }
  }

  private static long run(MeasuredServer running, int clients, Duration window) throws Exception {
    return settled(running, Load.closed(clients, window, running.shop().wholeSagas()).complete());
  }

  /** The server was just restarted, so it may be slow and refuse orders. */
  private static long warmUp(MeasuredServer running, int clients, Duration window)
      throws Exception {
    return settled(running, Load.closed(clients, window, running.shop().wholeSagas()));
  }

  private static long settled(MeasuredServer running, Measured measured) throws Exception {
    if (!running.database().awaitSettled(SETTLE_TIMEOUT)) {
      throw new BenchFailure("orders are still under way after " + SETTLE_TIMEOUT);
    }
    return measured.succeeded();
  }
}
