package dev.reserva.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.platform.files.DataFolder;
import dev.reserva.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
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

  private static final int VALID_SECONDS = 2;
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

  /** Migrated before anybody gets it. */
  @Bean(destroyMethod = "close")
  DataSource dataSource(
      DatabaseProperties properties,
      ObjectProvider<EmbeddedPostgres> embedded,
      ObjectProvider<ServiceSchema> schemas) {
    EmbeddedPostgres own = embedded.getIfAvailable();
    HikariDataSource pool =
        own == null
            ? pool(
                properties,
                Objects.requireNonNull(properties.url()),
                properties.username(),
                properties.password())
            : pool(properties, own.jdbcUrl(), own.user(), own.password());
    try {
      // On connections of their own: a migration may take longer than any answer.
      Migrations.run(
          new DriverManagerDataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword()),
          schemas.orderedStream().toList());
      return pool;
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /** Part of readiness: without its database a process can answer nothing. */
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
    // A dead connection is found by whoever wants to use it, and keeps him waiting for so long.
    config.setValidationTimeout(Math.min(VALIDATION_MILLIS, config.getConnectionTimeout()));
    config.setInitializationFailTimeout(properties.startTimeout().toMillis());
    config.addDataSourceProperty("ApplicationName", "reserva");
    config.addDataSourceProperty("connectTimeout", "2"); // seconds; a host that swallows packets
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // Half-open connections: our side gives up the answer.
    config.addDataSourceProperty(
        "socketTimeout", String.valueOf(properties.answerTimeout().toSeconds()));
    // A transaction that waits this long for its own program has lost it, as a subscription's lease
    // has: its locks must go, or nobody could take over. One of them is the head of the log, which
    // every other process needs. Who waits for a lock gives up before that: else of several whose
    // programs are lost, one after the other would get it, and each keep it as long.
    // Statements are planned once, whatever their parameters: else each small batch looks cheaper
    // than the general plan's ten rows, and is planned anew each time.
    config.addDataSourceProperty(
        "options",
        "-c idle_in_transaction_session_timeout=10s -c lock_timeout=8s"
            + " -c plan_cache_mode=force_generic_plan");
    config.addDataSourceProperty("prepareThreshold", "1");
    return new HikariDataSource(config);
  }
}
