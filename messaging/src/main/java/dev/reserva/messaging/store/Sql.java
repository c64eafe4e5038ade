package dev.reserva.messaging.store;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.UnitOfWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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

  static <T> List<T> query(
      Connection connection, String sql, Reader<T> reader, @Nullable Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, parameters);
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
      bind(connection, statement, parameters);
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

  /** Binds UUIDs, texts, numbers, instants, and arrays of these as SQL arrays. */
  private static void bind(
      Connection connection, PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      int index = i + 1;
      switch (value) {
        case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        case UUID[] ids -> statement.setArray(index, connection.createArrayOf("uuid", ids));
        case String[] texts -> statement.setArray(index, connection.createArrayOf("text", texts));
        case Long[] numbers ->
            statement.setArray(index, connection.createArrayOf("bigint", numbers));
        case Integer[] numbers ->
            statement.setArray(index, connection.createArrayOf("integer", numbers));
        case Timestamp[] times ->
            statement.setArray(index, connection.createArrayOf("timestamptz", times));
        case null, default -> statement.setObject(index, value);
      }
    }
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
   * crashed (57P0x), full (53).
   */
  static boolean isUnavailable(SQLException e) {
    String state = e.getSQLState();
    return e instanceof java.sql.SQLTransientConnectionException
        || (state != null
            && (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")));
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
