package dev.reserva.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits at the start for a database that does not answer yet, because both may start at the same
 * time. A database that cannot become usable is refused at once: a wrong password, a missing
 * database, a PostgreSQL version that is too old.
 */
final class FirstConnection {

  private static final Logger LOG = LoggerFactory.getLogger(FirstConnection.class);

  private static final int OLDEST_MAJOR_VERSION = 15;
  private static final Duration PAUSE = Duration.ofMillis(500);

  /**
   * By SQLSTATE: connection failures (08), shut down or still starting (57P), too many connections
   * (53300).
   */
  private static final Set<String> TEMPORARY = Set.of("08", "57", "53");

  /** Opens a connection; a few seconds at most. */
  @FunctionalInterface
  interface Opening {
    Connection open() throws SQLException;
  }

  /** Waits. */
  @FunctionalInterface
  interface Pause {
    void last(Duration duration) throws InterruptedException;
  }

  private final String url;
  private final String user;
  private final Opening opening;
  private final LongSupplier nanoTime;
  private final Pause pause;

  FirstConnection(String url, String user, Opening opening, LongSupplier nanoTime, Pause pause) {
    this.url = DatabaseProperties.withoutParameters(url);
    this.user = user;
    this.opening = opening;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /** Of real time. */
  static FirstConnection to(String url, String user, Opening opening) {
    return new FirstConnection(
        url,
        user,
        opening,
        System::nanoTime,
        duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
  }

  /**
   * Waits until the database answers.
   *
   * @param limit how long to try; at least once
   * @throws UnusableDatabase if it does not answer within the limit, or refuses the connection
   */
  void await(Duration limit) {
    long began = nanoTime.getAsLong();
    for (boolean first = true; ; first = false) {
      try (Connection connection = opening.open()) {
        requireNewEnough(connection);
        return;
      } catch (SQLException e) {
        if (!isTemporary(e)) {
          throw new UnusableDatabase(refusal(e), e);
        }
        if (nanoTime.getAsLong() - began + PAUSE.toNanos() > limit.toNanos()) {
          throw new UnusableDatabase(
              "no database answers at %s within %s s (reserva.database.start-timeout): %s"
                  .formatted(url, seconds(limit), innermost(e)),
              e);
        }
        if (first) {
          LOG.warn(
              "database does not answer, trying again for {} s: url={} error={}",
              seconds(limit),
              url,
              innermost(e));
        }
      }
      pause();
    }
  }

  private void pause() {
    try {
      pause.last(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableDatabase("interrupted while waiting for the database at " + url, e);
    }
  }

  private void requireNewEnough(Connection connection) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST_MAJOR_VERSION) {
      throw new UnusableDatabase(
          "the database at %s is PostgreSQL %s; version %d or newer is needed"
              .formatted(
                  url, connection.getMetaData().getDatabaseProductVersion(), OLDEST_MAJOR_VERSION),
          null);
    }
  }

  private static boolean isTemporary(SQLException e) {
    String state = Objects.requireNonNullElse(e.getSQLState(), "");
    return state.length() == 5 && TEMPORARY.contains(state.substring(0, 2));
  }

  private String refusal(SQLException e) {
    String state = Objects.requireNonNullElse(e.getSQLState(), "");
    String said = innermost(e);
    if (state.startsWith("28")) {
      return ("the database at %s refuses the user \"%s\" (reserva.database.username and"
              + " reserva.database.password): %s")
          .formatted(url, user, said);
    }
    return "the database at %s cannot be used: %s".formatted(url, said);
  }

  /** The first line of the innermost cause's message, such as "Connection refused". */
  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage() == null ? cause : cause.getMessage())
        .lines()
        .findFirst()
        .orElse("");
  }

  private static String seconds(Duration duration) {
    return String.valueOf(duration.toMillis() / 1e3).replaceAll("\\.0$", "");
  }
}
