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

/** A connection to a shop's database. */
final class Database implements AutoCloseable {
  private static final String SELECT_COUNTERS =
      """
      select xact_commit, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')
      from pg_stat_database where datname = current_database()
      """;

  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

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
   * Opens the embedded database of a server.
   *
   * @param postgres the folder of the database
   */
  static Database ofServer(Path postgres) throws IOException, SQLException {
    // Line 4 is the port (PostgreSQL's src/include/utils/pidfile.h).
    String port = Files.readAllLines(postgres.resolve("cluster/postmaster.pid")).get(3).strip();
    String password = Files.readString(postgres.resolve("password")).strip();
    return open("jdbc:postgresql://127.0.0.1:" + port + "/reserva", "reserva", password);
  }

  /**
   * Counters of the database's work so far. An idle session reports its commits after up to 10 s
   * (PGSTAT_IDLE_INTERVAL in PostgreSQL's pgstat.c).
   */
  record Counters(long commits, long walBytes) {
    Counters since(Counters then) {
      return new Counters(commits - then.commits, walBytes - then.walBytes);
    }
  }

  synchronized Counters counters() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SELECT_COUNTERS)) {
      row.next();
      return new Counters(row.getLong(1), row.getLong(2));
    }
  }

  /** The number that a query returns. */
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

  /** Waits until a query returns a number; false if the time-out expires first. */
  boolean await(String query, long expected, Duration timeout)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (number(query) != expected) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(POLL_INTERVAL);
    }
    return true;
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
