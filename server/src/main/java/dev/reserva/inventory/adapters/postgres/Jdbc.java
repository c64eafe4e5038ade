package dev.reserva.inventory.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Statements in a unit of work, and the types that they are bound to. */
final class Jdbc {

  private Jdbc() {}

  static JdbcTemplate in(UnitOfWork tx) {
    return new JdbcTemplate(new SingleConnectionDataSource(tx.resource(Connection.class), true));
  }

  /** Binds texts, numbers, ids and instants, and arrays of these as SQL arrays. */
  static PreparedStatementSetter bound(@Nullable Object... values) {
    return statement -> {
      for (int i = 0; i < values.length; i++) {
        bind(statement, i + 1, values[i]);
      }
    };
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    Connection connection = statement.getConnection();
    switch (value) {
      case UUID[] ids -> statement.setArray(index, connection.createArrayOf("uuid", ids));
      case String[] texts -> statement.setArray(index, connection.createArrayOf("text", texts));
      case Integer[] numbers ->
          statement.setArray(index, connection.createArrayOf("int4", numbers));
      case Boolean[] flags -> statement.setArray(index, connection.createArrayOf("bool", flags));
      case Instant[] times ->
          statement.setArray(index, connection.createArrayOf("timestamptz", times));
      case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
      case null, default -> statement.setObject(index, value);
    }
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
