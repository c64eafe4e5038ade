package dev.reserva.platform.database;

import dev.reserva.platform.settings.Allowed;
import dev.reserva.platform.settings.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.database.*}
 *
 * @param url JDBC URL of a PostgreSQL 15 or newer; absent: the embedded one in the data folder
 * @param username of the role that owns the schemas; no superuser
 * @param poolSize connections, 2..500. 16 keep two to eight cores busy; with more connections than
 *     the machine can serve, they only wait for each other
 * @param connectionTimeout how long a request waits for a connection before it is answered 503, 250
 *     ms to 10 min
 * @param startTimeout how long the start waits for a database that does not answer yet, at most 1 h
 * @param answerTimeout 1 s to 1 h; a connection is closed as dead if a statement on it gets no
 *     answer in this time, for example because a firewall dropped the connection
 */
@ConfigurationProperties("reserva.database")
public record DatabaseProperties(
    @Nullable String url,
    @DefaultValue("reserva") String username,
    @Secret @DefaultValue("") String password,
    @DefaultValue("16") int poolSize,
    @DefaultValue("5s") Duration connectionTimeout,
    @DefaultValue("30s") Duration startTimeout,
    @DefaultValue("20s") Duration answerTimeout) {

  public DatabaseProperties {
    url = url == null || url.isBlank() ? null : url;
    if (url != null && !url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "reserva.database.url must be like jdbc:postgresql://localhost:5432/reserva, was "
              + withoutParameters(url));
    }
    Allowed.range("reserva.database.pool-size", poolSize, 2, 500);
    Allowed.range(
        "reserva.database.connection-timeout",
        connectionTimeout,
        Duration.ofMillis(250), // no less is possible in the pool
        Duration.ofMinutes(10));
    Allowed.range(
        "reserva.database.start-timeout", startTimeout, Duration.ZERO, Duration.ofHours(1));
    Allowed.range(
        "reserva.database.answer-timeout",
        answerTimeout,
        Duration.ofSeconds(1),
        Duration.ofHours(1));
  }

  /** Without its parameters, because a password may be one of them. */
  static String withoutParameters(String url) {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }

  /** Leaves the password out, because this text is logged. */
  @Override
  public String toString() {
    return "DatabaseProperties[url=%s, username=%s, poolSize=%d]"
        .formatted(url == null ? null : withoutParameters(url), username, poolSize);
  }
}
