package dev.reserva.messaging.store;

import dev.reserva.messaging.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The log's search and history on PostgreSQL. */
public final class PostgresEventLog implements EventLog {

  /** Most events that one call of {@link #search} looks at: some 50 ms of work. */
  private static final int SCAN = 20_000;

  private static final String COLUMNS = "position, id, " + EventColumns.NAMES;
  private static final String OF_KEY =
      "select "
          + COLUMNS
          + " from messaging.event where key = ? and position > ? order by position limit ?";
  private static final String SEARCH =
      "select "
          + COLUMNS
          + """
           from messaging.event
          where segment >= coalesce(
              (select max(segment) from messaging.log_segment where first_position <= ? + 1), 0)
            and position > ? and position <= ?
            and (?::uuid is null or subject = ?)
            and (?::text is null or type = ?)
            and (?::text is null or correlation_id = ?)
          order by position
          limit ?
          """;

  private final DataSource dataSource;

  public PostgresEventLog(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public long end() {
    return number("select position from messaging.log_head");
  }

  @Override
  public long start() {
    return number("select min(first_position) from messaging.log_segment");
  }

  @Override
  public List<Entry> ofKey(UUID key, long after, int limit) {
    try (Connection connection = dataSource.getConnection()) {
      return Sql.query(connection, OF_KEY, PostgresEventLog::entry, key, after, limit);
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
  }

  @Override
  public Found search(Filter filter, long after, int limit) {
    if (filter.key() != null) {
      return searchKey(filter, filter.key(), after, limit);
    }
    long end = end();
    long from = Math.max(after, start() - 1);
    long until = Math.min(end, from + SCAN);
    List<Entry> entries;
    try (Connection connection = dataSource.getConnection()) {
      entries =
          Sql.query(
              connection,
              SEARCH,
              PostgresEventLog::entry,
              from,
              from,
              until,
              filter.subject(),
              filter.subject(),
              filter.type(),
              filter.type(),
              filter.correlationId(),
              filter.correlationId(),
              limit);
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
    if (entries.size() == limit && entries.getLast().position() < end) {
      return new Found(entries, entries.getLast().position());
    }
    return new Found(entries, until < end ? until : null);
  }

  /** Within a key, the index finds; the other conditions sift what is found. */
  private Found searchKey(Filter filter, UUID key, long after, int limit) {
    List<Entry> read = ofKey(key, after, SCAN / 10);
    List<Entry> matching =
        read.stream()
            .filter(e ->
                (filter.subject() == null || filter.subject().equals(e.event().subject()))
                    && (filter.type() == null || filter.type().equals(e.event().type()))
                    && (filter.correlationId() == null
                        || filter.correlationId().equals(e.event().correlationId())))
            .toList();
    if (matching.size() > limit) {
      return new Found(matching.subList(0, limit), matching.get(limit - 1).position());
    }
    return new Found(matching, read.size() == SCAN / 10 ? read.getLast().position() : null);
  }

  private long number(String sql) {
    try (Connection connection = dataSource.getConnection()) {
      return Sql.query(connection, sql, row -> row.getLong(1)).getFirst();
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
  }

  private static Entry entry(java.sql.ResultSet row) throws SQLException {
    return new Entry(row.getLong("position"), EventColumns.read(row, "id"));
  }
}
