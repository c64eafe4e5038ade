package dev.reserva.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/** A shop's database, looked at from the side through a connection of its own. */
final class Database implements AutoCloseable {
  private static final String COUNTERS =
      """
      select xact_commit, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')
      from pg_stat_database where datname = current_database()
      """;

  private static final Duration GLANCE = Duration.ofMillis(20);

  private final Connection connection;

  private Database(Connection connection) {
    this.connection = connection;
  }

  static Database open(String jdbcUrl, String user, String password) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return new Database(DriverManager.getConnection(jdbcUrl, login));
  }

  /**
   * The database of a server that keeps its own.
   *
   * @param postgres its folder
   */
  static Database ofServer(Path postgres) throws IOException, SQLException {
    // Line 4 is the port (PostgreSQL's src/include/utils/pidfile.h).
    String port = Files.readAllLines(postgres.resolve("cluster/postmaster.pid")).get(3).strip();
    String password = Files.readString(postgres.resolve("password")).strip();
    return open("jdbc:postgresql://127.0.0.1:" + port + "/reserva", "reserva", password);
  }

  /**
   * What the database has done so far. Commits of sessions that are idle since less than 10 s may
   * be missing: that long they keep their counts to themselves (PGSTAT_IDLE_INTERVAL in
   * PostgreSQL's pgstat.c).
   */
  record Counters(long commits, long walBytes) {
    Counters since(Counters then) {
      return new Counters(commits - then.commits, walBytes - then.walBytes);
    }
  }

  synchronized Counters counters() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNTERS)) {
      row.next();
      return new Counters(row.getLong(1), row.getLong(2));
    }
  }

  /** The only number that a query returns. */
  synchronized long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  synchronized void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until a query returns a number; tells whether that came about in time. */
  boolean await(String query, long wanted, Duration patience)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (number(query) != wanted) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(GLANCE);
    }
    return true;
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
