package dev.reserva.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.platform.files.DataFolder;
import dev.reserva.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The embedded PostgreSQL of the data folder, or the one that {@code reserva.database.url} names.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
public class DatabaseConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);

  private static final int VALID_SECONDS = 2;

  /** Limit for a host that drops packets. */
  private static final String CONNECT_SECONDS = "2";

  /** Limit for an address that accepts connections and does not answer, such as a proxy. */
  private static final String FIRST_ANSWER_SECONDS = "5";

  private static final long VALIDATION_MILLIS = 1_000;

  static final class NoUrlGiven implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return context.getEnvironment().getProperty("reserva.database.url", "").isBlank();
    }
  }

  @Bean(destroyMethod = "close")
  @Conditional(NoUrlGiven.class)
  EmbeddedPostgres embeddedPostgres(DataFolder data) {
    return EmbeddedPostgres.start(data.path());
  }

  /** The platform's own tables: answers remembered by idempotency key. */
  @Bean
  ServiceSchema platformSchema() {
    return new ServiceSchema("platform");
  }

  /** The pool of connections. The database is migrated before the pool is returned. */
  @Bean(destroyMethod = "close")
  DataSource dataSource(
      DatabaseProperties properties,
      ObjectProvider<EmbeddedPostgres> embedded,
      ObjectProvider<ServiceSchema> schemas) {
    EmbeddedPostgres own = embedded.getIfAvailable();
    HikariDataSource pool =
        own == null
            ? external(properties)
            : pool(properties, own.jdbcUrl(), own.user(), own.password());
    try {
      // Not on connections of the pool: a migration may take longer than the answer time-out.
      Migrations.run(
          new DriverManagerDataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword()),
          schemas.orderedStream().toList());
      return pool;
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private static HikariDataSource external(DatabaseProperties properties) {
    String url = Objects.requireNonNull(properties.url());
    Properties login = new Properties();
    login.setProperty("user", properties.username());
    login.setProperty("password", properties.password());
    login.setProperty("connectTimeout", CONNECT_SECONDS);
    login.setProperty("socketTimeout", FIRST_ANSWER_SECONDS);
    FirstConnection.to(url, properties.username(), () -> firstConnection(url, login))
        .await(properties.startTimeout());
    return pool(properties, url, properties.username(), properties.password());
  }

  private static Connection firstConnection(String url, Properties login) throws SQLException {
    Connection connection = DriverManager.getConnection(url, login);
    warnOfSuperuser(connection);
    return connection;
  }

  /** A superuser could read files and run programs of the database's machine. */
  static void warnOfSuperuser(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select rolname from pg_roles where rolname = current_user and rolsuper")) {
      if (row.next()) {
        LOG.warn(
            "database role is a superuser, use one that owns its schemas only (see README): role={}",
            row.getString(1));
      }
    }
  }

  /** Part of readiness: without its database a process cannot answer requests. */
  @Bean
  HealthIndicator database(DataSource dataSource) {
    return () -> {
      try (Connection connection = dataSource.getConnection()) {
        return connection.isValid(VALID_SECONDS) ? Health.up().build() : Health.down().build();
      } catch (SQLException e) {
        return Health.down().build();
      }
    };
  }

  static HikariDataSource pool(
      DatabaseProperties properties, String url, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("reserva");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(properties.poolSize());
    config.setMinimumIdle(properties.poolSize());
    config.setConnectionTimeout(properties.connectionTimeout().toMillis());
    // A caller that gets a dead connection waits this long until the pool finds out.
    config.setValidationTimeout(Math.min(VALIDATION_MILLIS, config.getConnectionTimeout()));
    config.setInitializationFailTimeout(properties.startTimeout().toMillis());
    config.addDataSourceProperty("ApplicationName", "reserva");
    config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // On a half-open connection this side gives up waiting for the answer.
    config.addDataSourceProperty(
        "socketTimeout", String.valueOf(properties.answerTimeout().toSeconds()));
    // idle_in_transaction_session_timeout: a transaction that is idle for this long has lost its
    // program. PostgreSQL ends it, so that its locks are free for the process that takes over. One
    // of them is the head of the log, which every process needs.
    // lock_timeout is shorter: otherwise several sessions that have lost their programs would get a
    // lock one after the other, and each would hold it until it is ended.
    // plan_cache_mode: a statement is planned once. By default a small batch looks cheaper than the
    // generic plan, which assumes ten rows, and is planned each time.
    config.addDataSourceProperty(
        "options",
        "-c idle_in_transaction_session_timeout=10s -c lock_timeout=8s"
            + " -c plan_cache_mode=force_generic_plan");
    config.addDataSourceProperty("prepareThreshold", "1");
    return new HikariDataSource(config);
  }
}
