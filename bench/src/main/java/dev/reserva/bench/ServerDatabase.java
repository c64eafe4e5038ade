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
 * The measured server's database, looked at from the side. Nothing is changed, but where {@link
 * Growth} fills it.
 */
final class ServerDatabase implements AutoCloseable {
  private static final String COUNTERS =
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

  private static final String UNDER_WAY =
      "select /* bench */ count(*) from (select from sales.order where under_way_since is not null limit 1) one";
  private static final String KNOWN_PRODUCTS = "select /* bench */ count(*) from sales.product";
  private static final String STATES = "select status, count(*) from sales.order group by status";

  private static final String LOG_END = "select /* bench */ max(position) from messaging.log_end";

  /** Without those of a few rows that are always read whole, where no index could help. */
  private static final String SCANS =
      """
      select coalesce(sum(seq_tup_read) filter (where n_live_tup > 1000), 0), coalesce(sum(idx_scan), 0)
      from pg_stat_user_tables
      """;

  /** From an order's announcement to that of its reservation, which inventory's handler makes. */
  private static final String REACTIONS =
      """
      select extract(epoch from reserved.time - created.time) * 1000000
      from messaging.event created join messaging.event reserved using (key)
      where created.type = 'sales.order.created' and reserved.type = 'inventory.stock.reserved'
        and created.last_position > ? and created.position > ?
      """;

  /** Statements of the server's sessions; this one marks its own. */
  private static final String STATEMENTS =
      """
      select /* bench */ coalesce(sum(calls), 0),
        coalesce(sum(calls) filter (where query ~* '^(begin|commit|rollback)'), 0)
      from pg_stat_statements
      where query not like '%/* bench */%' and dbid = (select oid from pg_database where datname = current_database())
      """;

  /** How often it is looked whether something has come to its end. */
  private static final Duration GLANCE = Duration.ofMillis(20);

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

  /** One more connection, as the database's owner. */
  static Connection connect(Path postgres) throws IOException, SQLException {
    // Line 4 is the port (PostgreSQL's src/include/utils/pidfile.h).
    String port = Files.readAllLines(postgres.resolve("cluster/postmaster.pid")).get(3).strip();
    Properties login = new Properties();
    login.setProperty("user", "reserva");
    login.setProperty("password", Files.readString(postgres.resolve("password")).strip());
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/reserva", login);
  }

  /**
   * What the database has done so far.
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
        ResultSet row = statement.executeQuery(COUNTERS)) {
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

  /** How many orders are stored. */
  long orders() throws SQLException {
    return states().values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Copies what is stored until there are so many orders; see {@link Copies}.
   *
   * @return how many there are then
   */
  long fill(long wanted) throws SQLException {
    return Copies.fill(connection, wanted);
  }

  /**
   * How rows were found, in all tables of the services.
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
        ResultSet row = statement.executeQuery(SCANS)) {
      row.next();
      return new Scans(row.getLong(1), row.getLong(2));
    }
  }

  /** The position of the last event in the log. */
  long logEnd() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(LOG_END)) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * How long the events of orders took to their first handler, as a histogram of microseconds.
   *
   * @param after a position in the log
   */
  Histogram reactions(long after) throws SQLException {
    Histogram micros = Latency.micros();
    try (PreparedStatement statement = connection.prepareStatement(REACTIONS)) {
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

  /** Lets PostgreSQL count statements from its next start on. */
  void loadStatementCounts() throws SQLException {
    execute("alter system set shared_preload_libraries = 'pg_stat_statements'");
  }

  /** Begins to count statements; they are loaded. */
  void countStatementsAnew() throws SQLException {
    execute("create extension if not exists pg_stat_statements");
    execute("select /* bench */ pg_stat_statements_reset()");
  }

  /**
   * @param all that the server has sent since the count began
   * @param transactionControl of these, begin, commit and rollback
   */
  record Statements(long all, long transactionControl) {}

  Statements statements() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STATEMENTS)) {
      row.next();
      return new Statements(row.getLong(1), row.getLong(2));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until no order is under way; tells whether that came about in time. */
  boolean awaitSettled(Duration patience) throws SQLException, InterruptedException {
    return await(UNDER_WAY, 0, patience);
  }

  /** Waits until sales has heard of so many products. */
  boolean awaitKnownProducts(int products, Duration patience)
      throws SQLException, InterruptedException {
    return await(KNOWN_PRODUCTS, products, patience);
  }

  private boolean await(String question, long answer, Duration patience)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    try (Statement statement = connection.createStatement()) {
      while (true) {
        try (ResultSet row = statement.executeQuery(question)) {
          row.next();
          if (row.getLong(1) == answer) {
            return true;
          }
        }
        if (System.nanoTime() > end) {
          return false;
        }
        Thread.sleep(GLANCE);
      }
    }
  }

  /** How many orders there are in each state. */
  Map<String, Long> states() throws SQLException {
    Map<String, Long> states = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(STATES)) {
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
