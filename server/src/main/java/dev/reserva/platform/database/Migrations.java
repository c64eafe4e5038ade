package dev.reserva.platform.database;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each schema to the state its owner's code expects, each with its own history. */
final class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private Migrations() {}

  static void run(DataSource dataSource, List<ServiceSchema> schemas) {
    for (ServiceSchema schema : schemas) {
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
}
