package dev.reserva.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.postgres.EmbeddedPostgres;
import dev.reserva.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What PostgreSQL is told about every connection of the pool. */
class PooledConnectionsIT {

  private static final DatabaseProperties PROPERTIES =
      new DatabaseProperties(
          null,
          "postgres",
          "",
          2,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20));

  private static Duration setting(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select setting::bigint from pg_settings where name = ? and unit = 'ms'")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        assertThat(row.next()).as(name).isTrue();
        return Duration.ofMillis(row.getLong(1));
      }
    }
  }

  /**
   * When a network forgets connections in the middle of transactions, each of them that waits for a
   * lock would get it when the one before is ended, and keep it until it is ended itself.
   */
  @Test
  void who_waits_for_a_lock_gives_up_before_one_that_has_lost_its_program_is_ended()
      throws SQLException {
    EmbeddedPostgres postgres = TestPostgres.server();
    String url = postgres.jdbcUrl(TestPostgres.freshDatabaseName());
    try (HikariDataSource pool =
            DatabaseConfiguration.pool(PROPERTIES, url, postgres.user(), postgres.password());
        Connection connection = pool.getConnection()) {
      Duration lostProgram = setting(connection, "idle_in_transaction_session_timeout");
      Duration lock = setting(connection, "lock_timeout");

      assertThat(lock).isPositive().isLessThan(lostProgram);
      assertThat(lostProgram).isPositive().isLessThan(PROPERTIES.answerTimeout());
    }
  }
}
