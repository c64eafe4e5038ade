package dev.reserva.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the work of a server's database from PostgreSQL's statistics, which do not depend on the
 * version of the server.
 */
final class DatabaseCosts implements AutoCloseable {
  private static final String SELECT_COUNTERS =
      """
      select
        (select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')),
        (select xact_commit from pg_stat_database where datname = current_database()),
        (select sum(n_tup_ins) from pg_stat_user_tables),
        (select sum(n_tup_upd) from pg_stat_user_tables)
      """;

  private final Connection connection;

  private DatabaseCosts(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param postgres the folder of the embedded database
   */
  static DatabaseCosts open(Path postgres) throws IOException, SQLException {
    return new DatabaseCosts(ServerDatabase.connect(postgres));
  }

  record Counters(long walBytes, long commits, long inserted, long updated) {

    Counters since(Counters then) {
      return new Counters(
          walBytes - then.walBytes,
          commits - then.commits,
          inserted - then.inserted,
          updated - then.updated);
    }

    /** The counters per order, as figures of a comparison. */
    Map<String, Double> perOrder(long orders) {
      double n = orders;
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("commits/order", commits / n);
      figures.put("WAL bytes/order", walBytes / n);
      figures.put("rows inserted/order", inserted / n);
      figures.put("rows updated/order", updated / n);
      return figures;
    }
  }

  Counters counters() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SELECT_COUNTERS)) {
      row.next();
      return new Counters(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
