package dev.reserva.messaging.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How many processes listen for what others append, on record with the log's head: where only one
 * does, appends need not be announced, which costs each of them more than its rows.
 *
 * <p>The number may be too high for a while, after a process has gone; it is never too low, since
 * whoever comes counts all who are there, himself among them, with the head locked.
 */
final class Listeners {

  /** By this name PostgreSQL's list of sessions tells who listens. */
  private static final String NAME = "reserva listener";

  private static final String COUNT =
      """
      update messaging.log_head set listeners = (
        select greatest(count(*), 1) from pg_stat_activity
        where datname = current_database() and application_name = '%s')
      """
          .formatted(NAME);

  private Listeners() {}

  /** This connection listens from now on. */
  static void join(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set application_name = '%s'".formatted(NAME));
      connection.setAutoCommit(false);
      try {
        statement.execute("select from messaging.log_head for update"); // others count after us
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

  /** This connection goes back to its pool; whoever joins next counts without it. */
  static void leave(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("reset application_name");
    }
  }
}
