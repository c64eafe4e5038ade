package dev.reserva.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.EffectOf;
import dev.reserva.postgres.EmbeddedPostgres;
import dev.reserva.postgres.TestPostgres;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The session settings and time-outs of the pool's connections. */
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
  void a_lock_wait_times_out_before_an_abandoned_session_is_ended() throws SQLException {
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

  private static HikariDataSource pool(String... namesAndValues) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put("reserva.database." + namesAndValues[i], namesAndValues[i + 1]);
    }
    EmbeddedPostgres postgres = TestPostgres.server();
    return DatabaseConfiguration.pool(
        new Binder(new MapConfigurationPropertySource(properties))
            .bindOrCreate("reserva.database", DatabaseProperties.class),
        postgres.jdbcUrl(TestPostgres.freshDatabaseName()),
        postgres.user(),
        postgres.password());
  }

  /**
   * The connection comes back by itself, after more than the configured and less than the default
   * time.
   */
  @Test
  @EffectOf({"reserva.database.pool-size", "reserva.database.connection-timeout"})
  void a_wait_for_a_connection_times_out() throws Exception {
    try (HikariDataSource pool = pool("pool-size", "2", "connection-timeout", "250ms");
        Connection first = pool.getConnection();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch taken = new CountDownLatch(1);
      Future<?> second = threads.submit(() -> busy(pool, taken));
      taken.await();

      assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
      assertThat(second.isDone()).as("both were in use").isFalse();
      assertThat(first.isValid(5)).isTrue();
      second.get();
      pool.getConnection().close();
    }
  }

  private static @Nullable Object busy(HikariDataSource pool, CountDownLatch taken)
      throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      taken.countDown();
      statement.execute("select pg_sleep(3.5)");
    }
    return null;
  }

  @Test
  @EffectOf("reserva.database.answer-timeout")
  void a_connection_on_which_no_answer_comes_is_dead() throws SQLException {
    try (HikariDataSource pool = pool("pool-size", "2", "answer-timeout", "1s")) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute("select pg_sleep(15)"))
            .as("with the default the answer would come in time")
            .isInstanceOf(SQLException.class)
            .hasRootCauseInstanceOf(SocketTimeoutException.class);
        assertThat(connection.isClosed()).isTrue();
      }
      try (Connection another = pool.getConnection()) {
        assertThat(another.isValid(5)).isTrue();
      }
    }
  }
}
