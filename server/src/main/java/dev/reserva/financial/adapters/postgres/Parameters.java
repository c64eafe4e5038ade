package dev.reserva.financial.adapters.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds the parameters of one statement in order; a set becomes one array per column. */
final class Parameters {

  private final Connection connection;
  private final PreparedStatement statement;
  private int index;

  Parameters(Connection connection, PreparedStatement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  Parameters value(@Nullable Object value) throws SQLException {
    statement.setObject(++index, value);
    return this;
  }

  Parameters time(Instant instant) throws SQLException {
    return value(instant.atOffset(ZoneOffset.UTC));
  }

  Parameters ids(Collection<UUID> ids) throws SQLException {
    return array("uuid", ids, id -> id);
  }

  /**
   * @param type name of the element's SQL type
   */
  <T> Parameters array(String type, Collection<T> rows, Function<T, @Nullable Object> column)
      throws SQLException {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    int i = 0;
    for (T row : rows) {
      values[i++] = column.apply(row);
    }
    Array array = connection.createArrayOf(type, values);
    statement.setArray(++index, array);
    return this;
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
