package dev.reserva.messaging.store;

import dev.reserva.messaging.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;

/** Reads the columns that every table of events has. */
final class EventRows {

  private EventRows() {}

  /**
   * @param idColumn the column of the event's id
   */
  static Event read(ResultSet row, String idColumn) throws SQLException {
    return new Event(
        uuid(row, idColumn),
        text(row, "type"),
        uuid(row, "subject"),
        uuid(row, "key"),
        Sql.instant(row, "time"),
        text(row, "correlation_id"),
        row.getObject("causation_id", UUID.class),
        row.getString("traceparent"),
        row.getString("tracestate"),
        text(row, "data"));
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, UUID.class), column);
  }

  static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column), column);
  }
}
