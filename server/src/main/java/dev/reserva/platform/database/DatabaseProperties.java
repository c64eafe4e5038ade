package dev.reserva.platform.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.database.*}
 *
 * @param url JDBC URL of a PostgreSQL 15 or newer; absent: the embedded one in the data folder
 * @param username of the role that owns the schemas
 * @param poolSize connections, 2..500. More than the machine can work at only makes them wait for
 *     each other: 16 keeps two to eight cores busy
 * @param connectionTimeout how long a request waits for a connection before it is answered 503
 * @param startTimeout how long the start waits for a database that does not answer yet
 * @param answerTimeout at least 1 s; a connection on which a statement is not answered by then is
 *     taken for dead, as one is that a firewall has forgotten, and so is a transaction whose
 *     program says nothing for as long
 */
@ConfigurationProperties("reserva.database")
public record DatabaseProperties(
    @Nullable String url,
    @DefaultValue("postgres") String username,
    @DefaultValue("") String password,
    @DefaultValue("16") int poolSize,
    @DefaultValue("5s") Duration connectionTimeout,
    @DefaultValue("30s") Duration startTimeout,
    @DefaultValue("20s") Duration answerTimeout) {

  private static final Duration SHORTEST_ANSWER = Duration.ofSeconds(1);

  public DatabaseProperties {
    if (poolSize < 2 || poolSize > 500) {
      throw new IllegalArgumentException("poolSize must be 2..500, was " + poolSize);
    }
    if (answerTimeout.compareTo(SHORTEST_ANSWER) < 0) {
      throw new IllegalArgumentException(
          "answerTimeout must be at least %s, was %s".formatted(SHORTEST_ANSWER, answerTimeout));
    }
  }

  /** The password stays out of logs. */
  @Override
  public String toString() {
    return "DatabaseProperties[url=%s, username=%s, poolSize=%d]"
        .formatted(url, username, poolSize);
  }
}
