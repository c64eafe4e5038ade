package dev.reserva.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reserva.postgres.EmbeddedPostgres;
import dev.reserva.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DatabaseRoleIT {

  @Test
  void the_log_names_a_role_that_is_a_superuser_and_no_other() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(DatabaseConfiguration.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    logger.addAppender(said);
    EmbeddedPostgres postgres = TestPostgres.server();
    Path password = postgres.dataFolder().resolve("postgres/superuser-password");
    try (Connection services =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Connection superuser =
            DriverManager.getConnection(
                postgres.jdbcUrl(), "postgres", Files.readString(password).strip())) {
      DatabaseConfiguration.warnOfSuperuser(services);
      assertThat(said.list).isEmpty();
      DatabaseConfiguration.warnOfSuperuser(superuser);
      assertThat(said.list)
          .singleElement()
          .extracting(ILoggingEvent::getFormattedMessage)
          .isEqualTo(
              "database role is a superuser, use one that owns its schemas only (see README):"
                  + " role=postgres");
    } finally {
      logger.detachAppender(said);
    }
  }
}
