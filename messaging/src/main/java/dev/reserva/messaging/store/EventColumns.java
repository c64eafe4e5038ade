package dev.reserva.messaging.store;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The columns that every table of events has, besides the event's id. Statements take their lists
 * from here.
 */
final class EventColumns {

  /** All other lists here have this order. */
  static final String NAMES =
      "type, subject, key, time, correlation_id, causation_id, traceparent, tracestate, data";

  /** A parameter for each column. */
  static final String VALUES = "?, ?, ?, ?, ?, ?, ?, ?, ?";

  /** An array parameter for each column. */
  static final String ARRAYS =
      "?::text[], ?::uuid[], ?::uuid[], ?::timestamptz[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[]";

  private EventColumns() {}

  /** The names, each qualified by an alias. */
  static String of(String alias) {
    return alias + "." + NAMES.replace(", ", ", " + alias + ".");
  }

  /** The parameters for {@link #VALUES}. */
  static List<@Nullable Object> values(Event event) {
    return Arrays.asList(
        event.type(),
        event.subject(),
        event.key(),
        event.time(),
        event.correlationId(),
        event.causationId(),
        event.traceparent(),
        event.tracestate(),
        event.data());
  }

  /** The parameters for {@link #ARRAYS}. */
  static List<Object> arrays(List<Event> events) {
    return List.of(
        Columns.texts(events, Event::type),
        Columns.uuids(events, Event::subject),
        Columns.uuids(events, Event::key),
        Columns.instants(events, Event::time),
        Columns.texts(events, Event::correlationId),
        Columns.uuids(events, Event::causationId),
        Columns.texts(events, Event::traceparent),
        Columns.texts(events, Event::tracestate),
        Columns.texts(events, Event::data));
  }

  /**
   * @param idColumn the column of the event's id
   */
  static Event read(ResultSet row, String idColumn) throws SQLException {
    return new Event(
        uuid(row, idColumn),
        text(row, "type"),
        uuid(row, "subject"),
        uuid(row, "key"),
        Rows.instant(row, "time"),
        text(row, "correlation_id"),
        Rows.uuidOrNull(row, "causation_id"),
        row.getString("traceparent"),
        row.getString("tracestate"),
        text(row, "data"));
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(Rows.uuid(row, column), column);
  }

  static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column), column);
  }
}
