package dev.reserva.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each schema to the state its owner's code expects, each with its own history. */
final class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  /**
   * A migration whose text was changed after databases had run it, with the same effect on them.
   *
   * @param before the checksum of the text that they ran
   * @param after the checksum of the text as it is
   */
  record Rewritten(String schema, String version, int before, int after) {}

  /** The third of sales could not run before PostgreSQL 17. */
  static final List<Rewritten> REWRITTEN =
      List.of(new Rewritten("sales", "3", 1847225256, -1299583384));

  private Migrations() {}

  static void run(DataSource dataSource, List<ServiceSchema> schemas) {
    for (ServiceSchema schema : schemas) {
      accept(dataSource, schema.name());
      int migrated =
          Flyway.configure()
              .dataSource(dataSource)
              .schemas(schema.name())
              .defaultSchema(schema.name())
              .table("schema_history")
              .locations("classpath:db/" + schema.name())
              .failOnMissingLocations(true)
              .load()
              .migrate()
              .migrationsExecuted;
      if (migrated > 0) {
        LOG.info("schema migrated: schema={} migrations={}", schema.name(), migrated);
      }
    }
  }

  /** Puts the checksums of rewritten migrations in place of those that the database remembers. */
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
