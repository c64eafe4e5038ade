package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plain JDBC on the connection of a unit of work, with arrays as parameters. */
final class Sql {

  /** Rows fetched at a time where a whole table is read. */
  private static final int FETCH_SIZE = 1_000;

  private Sql() {}

  /** A statement failed. The SQL state of the cause tells the backbone whether to try again. */
  static final class StatementFailed extends RuntimeException {
    StatementFailed(SQLException cause) {
      super(cause);
    }
  }

  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  static <T> List<T> query(
      UnitOfWork tx, String sql, Reader<T> reader, @Nullable Object... parameters) {
    var result = new ArrayList<T>();
    read(tx, 0, sql, reader, result::add, parameters);
    return result;
  }

  static <T> void each(
      UnitOfWork tx,
      String sql,
      Reader<T> reader,
      Consumer<? super T> consumer,
      @Nullable Object... parameters) {
    read(tx, 0, sql, reader, consumer, parameters);
  }

  /** Reads a whole table: only a thousand rows are in memory at a time. */
  static <T> void stream(
      UnitOfWork tx,
      String sql,
      Reader<T> reader,
      Consumer<? super T> consumer,
      @Nullable Object... parameters) {
    read(tx, FETCH_SIZE, sql, reader, consumer, parameters);
  }

  private static <T> void read(
      UnitOfWork tx,
      int fetchSize,
      String sql,
      Reader<T> reader,
      Consumer<? super T> consumer,
      @Nullable Object... parameters) {
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(fetchSize);
      bind(connection, statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          consumer.accept(reader.read(rows));
        }
      }
    } catch (SQLException e) {
      throw new StatementFailed(e);
    }
  }

  static int update(UnitOfWork tx, String sql, @Nullable Object... parameters) {
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, parameters);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new StatementFailed(e);
    }
  }

  /** One column of a set of rows to be written. */
  static <T> UUID[] uuids(Collection<T> rows, Function<T, @Nullable UUID> column) {
    return rows.stream().map(column).toArray(UUID[]::new);
  }

  static <T> String[] texts(Collection<T> rows, Function<T, @Nullable String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  /** An array whose type its elements do not tell. */
  @FunctionalInterface
  interface Column {
    java.sql.Array on(Connection connection) throws SQLException;
  }

  static <T> Column integers(Collection<T> rows, Function<T, Integer> column) {
    return connection ->
        connection.createArrayOf("integer", rows.stream().map(column).toArray(Integer[]::new));
  }

  static <T> Column numbers(Collection<T> rows, Function<T, BigDecimal> column) {
    return connection ->
        connection.createArrayOf("numeric", rows.stream().map(column).toArray(BigDecimal[]::new));
  }

  static <T> Column booleans(Collection<T> rows, Function<T, Boolean> column) {
    return connection ->
        connection.createArrayOf("boolean", rows.stream().map(column).toArray(Boolean[]::new));
  }

  static <T> Column times(Collection<T> rows, Function<T, @Nullable Instant> column) {
    return connection ->
        connection.createArrayOf(
            "timestamptz",
            rows.stream()
                .map(column)
                .map(time -> time == null ? null : time.atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static @Nullable UUID uuidOrNull(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  private static void bind(
      Connection connection, PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      int index = i + 1;
      switch (parameters[i]) {
        case UUID[] ids -> statement.setArray(index, connection.createArrayOf("uuid", ids));
        case String[] texts -> statement.setArray(index, connection.createArrayOf("text", texts));
        case Column column -> statement.setArray(index, column.on(connection));
        case Instant time -> statement.setObject(index, time.atOffset(ZoneOffset.UTC));
        case null -> statement.setObject(index, null);
        case Object value -> statement.setObject(index, value);
      }
    }
  }
}
