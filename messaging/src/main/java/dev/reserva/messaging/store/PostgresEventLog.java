package dev.reserva.messaging.store;

import dev.reserva.messaging.EventLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Searches the log on PostgreSQL, and reads the history of a key. */
public final class PostgresEventLog implements EventLog {

  /** Most events that one call of {@link #search} scans: some 50 ms of work. */
  private static final int MAX_SCAN = 20_000;

  /** Most events of a key that one call reads; other conditions are applied after the read. */
  private static final int MAX_SCAN_OF_KEY = 2_000;

  private static final String SELECT_END = "select max(position) from messaging.log_end";
  private static final String SELECT_START =
      "select min(first_position) from messaging.log_segment";
  private static final String SELECT_OF_KEY =
      """
      select position, id, %s from messaging.event
      where key = ? and last_position > ? and position > ? and (not ? or coalesce(handled_by, 0) >= 0)
      order by last_position, position
      limit ?
      """
          .formatted(EventColumns.NAMES);

  /**
   * An imported event has the sign bit of its flags set. The bound on the batch's last position
   * ends the scan, also when nothing matches.
   */
  static final String SEARCH =
      """
      select position, id, %s
      from messaging.event
      where %s and last_position < ? + %d and position <= ?
        and (?::uuid is null or subject = ?)
        and (?::text is null or type = ?)
        and (?::text is null or correlation_id = ?)
        and (not ? or coalesce(handled_by, 0) >= 0)
      order by last_position, position
      limit ?
      """
          .formatted(EventColumns.NAMES, LogRows.AFTER_POSITION, EventBatch.MAX_EVENTS);

  private final DataSource dataSource;

  public PostgresEventLog(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public long end() {
    return number(SELECT_END);
  }

  @Override
  public long start() {
    return number(SELECT_START);
  }

  @Override
  public List<Entry> ofKey(UUID key, long after, int limit) {
    return ofKey(key, after, false, limit);
  }

  private List<Entry> ofKey(UUID key, long after, boolean own, int limit) {
    return entries(SELECT_OF_KEY, key, after, after, own, limit);
  }

  @Override
  public Found search(Filter filter, long after, int limit) {
    if (filter.key() != null) {
      return searchKey(filter, filter.key(), after, limit);
    }
    long end = end();
    long from = Math.max(after, start() - 1);
    long until = Math.min(end, from + MAX_SCAN);
    List<Entry> entries =
        entries(
            SEARCH,
            from,
            from,
            from,
            until,
            until,
            filter.subject(),
            filter.subject(),
            filter.type(),
            filter.type(),
            filter.correlationId(),
            filter.correlationId(),
            filter.own(),
            limit);
    if (entries.size() == limit && entries.getLast().position() < end) {
      return new Found(entries, entries.getLast().position());
    }
    return new Found(entries, until < end ? until : null);
  }

  /** Reads the key's events by index, and applies the other conditions to them here. */
  private Found searchKey(Filter filter, UUID key, long after, int limit) {
    List<Entry> read = ofKey(key, after, filter.own(), MAX_SCAN_OF_KEY);
    List<Entry> matching = read.stream().filter(entry -> matches(filter, entry)).toList();
    if (matching.size() > limit) {
      return new Found(matching.subList(0, limit), matching.get(limit - 1).position());
    }
    return new Found(matching, read.size() == MAX_SCAN_OF_KEY ? read.getLast().position() : null);
  }

  private static boolean matches(Filter filter, Entry entry) {
    return matches(filter.subject(), entry.event().subject())
        && matches(filter.type(), entry.event().type())
        && matches(filter.correlationId(), entry.event().correlationId());
  }

  private static boolean matches(@Nullable Object wanted, Object actual) {
    return wanted == null || wanted.equals(actual);
  }

  private long number(String sql) {
    return Sql.alone(dataSource, connection -> Sql.query(connection, sql, row -> row.getLong(1)))
        .getFirst();
  }

  private List<Entry> entries(String sql, @Nullable Object... parameters) {
    return Sql.alone(
        dataSource, connection -> Sql.query(connection, sql, PostgresEventLog::entry, parameters));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(row.getLong("position"), EventColumns.read(row, "id"));
  }
}
