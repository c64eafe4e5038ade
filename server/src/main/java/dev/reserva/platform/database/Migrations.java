package dev.reserva.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Migrates each schema to the state that the code of its service expects. */
final class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  /**
   * A migration whose text changed after databases had run it, without a change of its effect.
   *
   * @param before the checksum of the text that they ran
   * @param after the checksum of the text as it is
   */
  record Rewritten(String schema, String version, int before, int after) {}

  /** The third of sales could not run before PostgreSQL 17. */
  static final List<Rewritten> REWRITTEN =
      List.of(new Rewritten("sales", "3", 1847225256, -1299583384));

  private Migrations() {}

  /**
   * @throws UnusableDatabase if a schema has migrations that this version does not know; then no
   *     schema was changed
   */
  static void run(DataSource dataSource, List<ServiceSchema> schemas) {
    Map<String, Flyway> migrations = new LinkedHashMap<>();
    for (ServiceSchema schema : schemas) {
      accept(dataSource, schema.name());
      Flyway flyway = flyway(dataSource, schema.name());
      requireNotNewer(schema.name(), flyway.info().all());
      migrations.put(schema.name(), flyway);
    }
    migrations.forEach((schema, flyway) -> {
      int migrated = flyway.migrate().migrationsExecuted;
      if (migrated > 0) {
        LOG.info("schema migrated: schema={} migrations={}", schema, migrated);
      }
    });
  }

  private static Flyway flyway(DataSource dataSource, String schema) {
    return Flyway.configure()
        .dataSource(dataSource)
        .schemas(schema)
        .defaultSchema(schema)
        .table("schema_history")
        .locations("classpath:db/" + schema)
        .failOnMissingLocations(true)
        .load();
  }

  /** Older code would write rows that newer code does not expect. */
  private static void requireNotNewer(String schema, MigrationInfo[] migrations) {
    String newest = "none";
    for (MigrationInfo migration : migrations) {
      String version = String.valueOf(migration.getVersion());
      if (migration.getState() == MigrationState.FUTURE_SUCCESS
          || migration.getState() == MigrationState.FUTURE_FAILED) {
        throw new UnusableDatabase(
            ("the database was used by a newer version of Reserva: its schema %s has migration %s,"
                    + " this version knows those up to %s; start the newer version")
                .formatted(schema, version, newest),
            null);
      }
      newest = version;
    }
  }

  /** Replaces the recorded checksums of rewritten migrations. */
  private static void accept(DataSource dataSource, String schema) {
    List<Rewritten> concerned =
        REWRITTEN.stream().filter(one -> one.schema().equals(schema)).toList();
    if (concerned.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection()) {
      if (!hasHistory(connection, schema)) {
        return;
      }
      try (PreparedStatement update =
          connection.prepareStatement(
              "update %s.schema_history set checksum = ? where version = ? and checksum = ?"
                  .formatted(schema))) {
        for (Rewritten one : concerned) {
          update.setInt(1, one.after());
          update.setString(2, one.version());
          update.setInt(3, one.before());
          update.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the history of schema %s cannot be read".formatted(schema), e);
    }
  }

  private static boolean hasHistory(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select to_regclass('%s.schema_history') is not null".formatted(schema))) {
      return row.next() && row.getBoolean(1);
    }
  }
}
