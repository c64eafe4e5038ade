package dev.reserva.messaging.store;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Plain JDBC with its checked exceptions sorted: what kind of failure it is decides what happens
 * next.
 */
final class Sql {

  private Sql() {}

  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What is done on a connection of its own. */
  interface Work<R> {
    R on(Connection connection) throws SQLException;
  }

  /** Runs statements outside a transaction, each committing by itself. */
  static <R> R alone(DataSource dataSource, Work<R> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw unavailable(e);
    } catch (SqlFailure e) {
      SQLException sql = sqlCause(e);
      throw sql != null && isUnavailable(sql) ? unavailable(sql) : e;
    }
  }

  static <T> List<T> query(
      Connection connection, String sql, Reader<T> reader, @Nullable Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Binding.bind(connection, statement, 1, Arrays.asList(parameters));
      try (ResultSet rows = statement.executeQuery()) {
        List<T> result = new ArrayList<>();
        while (rows.next()) {
          result.add(reader.read(rows));
        }
        return result;
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  static int update(Connection connection, String sql, @Nullable Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Binding.bind(connection, statement, 1, Arrays.asList(parameters));
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** Commands that take no parameters: locks, settings, definitions. */
  static void execute(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  static Connection connection(UnitOfWork tx) {
    return tx.resource(Connection.class);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static @Nullable SQLException sqlCause(Throwable failure) {
    Throwable current = failure;
    for (int depth = 0; current != null && depth < 20; depth++) {
      if (current instanceof SQLException sql) {
        return sql;
      }
      current = current.getCause();
    }
    return null;
  }

  /**
   * Whether the database, not the statement, is what failed: connection lost (08), shutting down or
   * crashed (57P0x), full (53), a lock not given up in time (55P03), by a transaction whose program
   * is lost.
   */
  static boolean isUnavailable(SQLException e) {
    String state = e.getSQLState();
    return e instanceof java.sql.SQLTransientConnectionException
        || (state != null
            && (state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.equals("55P03")));
  }

  /**
   * Whether the same transaction may well succeed when simply run again: serialization failure,
   * deadlock.
   */
  static boolean isTransient(SQLException e) {
    return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
  }

  static DependencyUnavailable unavailable(SQLException e) {
    return new DependencyUnavailable("the database cannot be reached", e);
  }
}
