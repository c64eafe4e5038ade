package dev.reserva.messaging.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Counts the processes that listen for appends, in {@code log_head.listeners}. While only one
 * listens, appends are not announced: NOTIFY costs a transaction more than its rows.
 *
 * <p>The count can be too high for a while, after a process has stopped. It is never too low: a
 * process that joins locks the head and counts all sessions that listen, its own included.
 */
final class Listeners {

  /** The application name by which {@code pg_stat_activity} shows a session that listens. */
  private static final String NAME = "reserva listener";

  private static final String COUNT =
      """
      update messaging.log_head set listeners = (
        select greatest(count(*), 1) from pg_stat_activity
        where datname = current_database() and application_name = '%s')
      """
          .formatted(NAME);

  private Listeners() {}

  /** Records that this connection listens from now on. */
  static void join(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set application_name = '%s'".formatted(NAME));
      connection.setAutoCommit(false);
      try {
        statement.execute(
            "select from messaging.log_head for update"); // others count after this one
        statement.execute(COUNT);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  /**
   * Called before the connection returns to its pool. The next process that joins does not count
   * it.
   */
  static void leave(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("reset application_name");
    }
  }
}
