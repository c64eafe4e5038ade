package dev.reserva.messaging.store;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL on a JDBC connection, and classifies {@link SQLException}s by what the caller can do
 * about them.
 */
final class Sql {

  private Sql() {}

  /** Makes a value of a row. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs on a connection in autocommit mode. */
  interface Work<R> {
    R on(Connection connection) throws SQLException;
  }

  /**
   * Runs statements outside a transaction. Each commits by itself.
   *
   * @throws DependencyUnavailable when the database cannot be reached
   * @throws SqlFailure when it refuses a statement
   */
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

  /** Runs a command without parameters: a lock, a setting or DDL. */
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

  /** The first {@link SQLException} among a failure and its causes; null when there is none. */
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
   * Whether the database failed, rather than the statement: connection lost (08), shutdown or crash
   * (57P), insufficient resources (53), or a lock that was not granted in time (55P03), for example
   * because a lost process still holds it.
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
   * Whether the same transaction may succeed when it runs again: serialization failure (40001) or
   * deadlock (40P01).
   */
  static boolean isTransient(SQLException e) {
    return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
  }

  static DependencyUnavailable unavailable(SQLException e) {
    return new DependencyUnavailable("the database cannot be reached", e);
  }
}
