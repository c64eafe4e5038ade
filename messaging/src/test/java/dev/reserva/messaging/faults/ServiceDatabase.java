package dev.reserva.messaging.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.messaging.BackboneFixture;
import dev.reserva.postgres.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/** A database with the backbone's schema and a ledger, reached without a proxy. */
final class ServiceDatabase implements AutoCloseable {

  /** All that have rows. Each references those before it only. */
  private static final List<String> TABLES =
      List.of(
          "messaging.log_head",
          "messaging.log_segment",
          "messaging.log_end",
          "messaging.event_batch",
          "messaging.subscription",
          "messaging.inbox",
          "effect");

  private static final String CONTINUE_ORDINALS =
      "select setval('effect_ordinal_seq', (select max(ordinal) from effect))";

  private final String name;
  private final HikariDataSource pool;
  private final BackboneFixture fixture;
  private final BackboneFixture.Node node;
  private final Ledger ledger;

  private ServiceDatabase(String name, HikariDataSource pool) {
    this.name = name;
    this.pool = pool;
    this.fixture = BackboneFixture.onMigrated(pool);
    this.node = fixture.node();
    this.ledger = new Ledger(pool);
  }

  static ServiceDatabase create() {
    String name = TestPostgres.freshDatabaseName();
    HikariDataSource pool = pool(name);
    BackboneFixture.migrate(pool);
    Ledger.create(pool);
    return new ServiceDatabase(name, pool);
  }

  private static HikariDataSource pool(String database) {
    var server = TestPostgres.server();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.jdbcUrl(database));
    config.setUsername(server.user());
    config.setPassword(server.password());
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  String name() {
    return name;
  }

  BackboneFixture fixture() {
    return fixture;
  }

  BackboneFixture.Node node() {
    return node;
  }

  Ledger ledger() {
    return ledger;
  }

  /** A backup as of now, restored to a database of its own. */
  ServiceDatabase copy() {
    ServiceDatabase copy = create();
    try (Connection from = pool.getConnection();
        Connection to = copy.pool.getConnection()) {
      from.setAutoCommit(false);
      from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      for (String table : TABLES) {
        copy(table, from, to);
      }
      from.rollback();
      execute(to, CONTINUE_ORDINALS);
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("the database cannot be copied", e);
    }
    return copy;
  }

  private static void copy(String table, Connection from, Connection to)
      throws SQLException, IOException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    from.unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut("copy (select * from %s) to stdout".formatted(table), rows);
    execute(to, "delete from " + table);
    to.unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "copy %s from stdin".formatted(table), new ByteArrayInputStream(rows.toByteArray()));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    fixture.close();
    pool.close();
  }
}
