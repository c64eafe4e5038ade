package dev.reserva.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * A connection to the measured server's database. It only reads, except where {@link Growth} fills
 * the database.
 */
final class ServerDatabase implements AutoCloseable {
  private static final String SELECT_COUNTERS =
      """
      select
        (select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')),
        (select sum(pg_total_relation_size(relid)) from pg_partition_tree('messaging.event_batch')),
        (select count(*) from messaging.event),
        (select xact_commit from pg_stat_database where datname = current_database()),
        (select sum(n_tup_ins) from pg_stat_user_tables),
        (select sum(n_tup_upd) from pg_stat_user_tables),
        (select sum(n_tup_hot_upd) from pg_stat_user_tables),
        (select sum(n_tup_del) from pg_stat_user_tables)
      """;

  private static final String COUNT_UNDER_WAY =
      "select /* bench */ count(*) from (select from sales.order where under_way_since is not null limit 1) one";
  private static final String COUNT_KNOWN_PRODUCTS =
      "select /* bench */ count(*) from sales.product";
  private static final String COUNT_BY_STATE =
      "select status, count(*) from sales.order group by status";

  private static final String SELECT_LOG_END =
      "select /* bench */ max(position) from messaging.log_end";

  /** Without small tables, which are always read whole. */
  private static final String COUNT_SCANS =
      """
      select coalesce(sum(seq_tup_read) filter (where n_live_tup > 1000), 0), coalesce(sum(idx_scan), 0)
      from pg_stat_user_tables
      """;

  /** From an order's event to that of its reservation, which inventory's handler publishes. */
  private static final String SELECT_REACTIONS =
      """
      select extract(epoch from reserved.time - created.time) * 1000000
      from messaging.event created join messaging.event reserved using (key)
      where created.type = 'sales.order.created' and reserved.type = 'inventory.stock.reserved'
        and created.last_position > ? and created.position > ?
      """;

  /** Statements of the server's sessions; those of this program carry a comment. */
  private static final String COUNT_STATEMENTS =
      """
      select /* bench */ coalesce(sum(calls), 0),
        coalesce(sum(calls) filter (where query ~* '^(begin|commit|rollback)'), 0)
      from pg_stat_statements
      where query not like '%/* bench */%' and dbid = (select oid from pg_database where datname = current_database())
      """;

  /** Interval of polls. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private final Connection connection;

  private ServerDatabase(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param postgres the folder of the embedded database
   */
  static ServerDatabase open(Path postgres) throws IOException, SQLException {
    return new ServerDatabase(connect(postgres));
  }

  /**
   * Opens a connection as the database's superuser, whom {@code pg_stat_statements} needs. In
   * versions without that role the server itself works as the superuser.
   */
  static Connection connect(Path postgres) throws IOException, SQLException {
    // Line 4 is the port (PostgreSQL's src/include/utils/pidfile.h).
    String port = Files.readAllLines(postgres.resolve("cluster/postmaster.pid")).get(3).strip();
    Path superuser = postgres.resolve("superuser-password");
    boolean separate = Files.exists(superuser);
    Properties login = new Properties();
    login.setProperty("user", separate ? "postgres" : "reserva");
    login.setProperty(
        "password", Files.readString(separate ? superuser : postgres.resolve("password")).strip());
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/reserva", login);
  }

  /**
   * Counters of the database's work so far.
   *
   * @param walBytes written to the write-ahead log
   * @param eventBytes of the event log with its indexes
   * @param events in the event log
   */
  record Counters(
      long walBytes,
      long eventBytes,
      long events,
      long commits,
      long inserted,
      long updated,
      long hotUpdated,
      long deleted) {

    Counters since(Counters then) {
      return new Counters(
          walBytes - then.walBytes,
          eventBytes - then.eventBytes,
          events - then.events,
          commits - then.commits,
          inserted - then.inserted,
          updated - then.updated,
          hotUpdated - then.hotUpdated,
          deleted - then.deleted);
    }
  }

  Counters counters() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SELECT_COUNTERS)) {
      row.next();
      return new Counters(
          row.getLong(1),
          row.getLong(2),
          row.getLong(3),
          row.getLong(4),
          row.getLong(5),
          row.getLong(6),
          row.getLong(7),
          row.getLong(8));
    }
  }

  /** Number of stored orders. */
  long orders() throws SQLException {
    return states().values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Copies the stored orders until their number is reached; see {@link Copies}.
   *
   * @return the number of stored orders
   */
  long fill(long minOrders) throws SQLException {
    return Copies.fill(connection, minOrders);
  }

  /**
   * Counters of scans in all tables of the services.
   *
   * @param rowsReadInSequence by scans without an index
   */
  record Scans(long rowsReadInSequence, long indexScans) {
    Scans since(Scans then) {
      return new Scans(rowsReadInSequence - then.rowsReadInSequence, indexScans - then.indexScans);
    }
  }

  Scans scans() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNT_SCANS)) {
      row.next();
      return new Scans(row.getLong(1), row.getLong(2));
    }
  }

  /** The position of the last event in the log. */
  long logEnd() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SELECT_LOG_END)) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * The time from an order's event to the event of its first handler, as a histogram of
   * microseconds.
   *
   * @param after a position in the log
   */
  Histogram reactions(long after) throws SQLException {
    Histogram micros = Latency.micros();
    try (PreparedStatement statement = connection.prepareStatement(SELECT_REACTIONS)) {
      statement.setLong(1, after);
      statement.setLong(2, after);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Latency.record(micros, (long) (rows.getDouble(1) * 1000));
        }
      }
    }
    return micros;
  }

  /** Makes PostgreSQL count statements from its next start on. */
  void loadStatementCounts() throws SQLException {
    execute("alter system set shared_preload_libraries = 'pg_stat_statements'");
  }

  /** Resets the count of statements. */
  void resetStatementCounts() throws SQLException {
    execute("create extension if not exists pg_stat_statements");
    execute("select /* bench */ pg_stat_statements_reset()");
  }

  /**
   * @param all statements that the server has sent since the reset
   * @param transactionControl begin, commit and rollback among them
   */
  record Statements(long all, long transactionControl) {}

  Statements statements() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNT_STATEMENTS)) {
      row.next();
      return new Statements(row.getLong(1), row.getLong(2));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until no order is under way; false if the time-out expires first. */
  boolean awaitSettled(Duration timeout) throws SQLException, InterruptedException {
    return await(COUNT_UNDER_WAY, 0, timeout);
  }

  /** Waits until sales knows a number of products; false if the time-out expires first. */
  boolean awaitKnownProducts(int products, Duration timeout)
      throws SQLException, InterruptedException {
    return await(COUNT_KNOWN_PRODUCTS, products, timeout);
  }

  private boolean await(String query, long expected, Duration timeout)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    try (Statement statement = connection.createStatement()) {
      while (true) {
        try (ResultSet row = statement.executeQuery(query)) {
          row.next();
          if (row.getLong(1) == expected) {
            return true;
          }
        }
        if (System.nanoTime() > end) {
          return false;
        }
        Thread.sleep(POLL_INTERVAL);
      }
    }
  }

  /** Number of orders by state. */
  Map<String, Long> states() throws SQLException {
    Map<String, Long> states = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(COUNT_BY_STATE)) {
      while (rows.next()) {
        states.put(rows.getString(1), rows.getLong(2));
      }
    }
    return states;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
