package dev.reserva.messaging.store;

import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads events from the log in order of position, for subscriptions. */
final class LogRows {

  /**
   * The events after a position, which is all parameters. The condition on the segment keeps the
   * partitions before the position out of the scan, that on the batch's last position finds the
   * batch by its index.
   */
  static final String AFTER_POSITION =
      """
      segment >= coalesce(
          (select max(segment) from messaging.log_segment where first_position <= ? + 1), 0)
        and last_position > ? and position > ?\
      """;

  static final String SELECT_AFTER =
      """
      select position, handled_by, id, %s
      from messaging.event
      where %s
      order by last_position, position
      limit ?
      """
          .formatted(EventColumns.NAMES, AFTER_POSITION);

  /** Characters of payload after which a read ends. */
  private static final long MAX_CHARS = 8L << 20;

  /** Rows that the driver holds at a time: a few huge events must not arrive all at once. */
  private static final int FETCH_SIZE = 200;

  private final DataSource dataSource;
  private final EventCatalogue catalogue;

  LogRows(DataSource dataSource, EventCatalogue catalogue) {
    this.dataSource = dataSource;
    this.catalogue = catalogue;
  }

  /**
   * @return at most {@code max} events that follow the position, and at most {@value #MAX_CHARS}
   *     characters of payload, except for the last event
   */
  List<LogEntry> after(long position, int max) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false); // the driver fetches in parts only within a transaction
      try (PreparedStatement statement = connection.prepareStatement(SELECT_AFTER)) {
        statement.setFetchSize(FETCH_SIZE);
        statement.setLong(1, position);
        statement.setLong(2, position);
        statement.setLong(3, position);
        statement.setInt(4, max);
        List<LogEntry> found = new ArrayList<>();
        long chars = 0;
        try (ResultSet rows = statement.executeQuery()) {
          while (chars < MAX_CHARS && rows.next()) {
            LogEntry entry = entry(rows);
            chars += entry.payloadLength();
            found.add(entry);
          }
        }
        return found;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
  }

  private LogEntry entry(ResultSet row) throws SQLException {
    return new LogEntry(
        new Message(row.getLong("position"), EventColumns.read(row, "id"), catalogue, null),
        row.getInt("handled_by"));
  }
}
