package dev.reserva.messaging.store;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log bounded: opens a new segment when the current one is old or large, and drops
 * segments that are past retention and behind every subscription. What is parked does not hold a
 * segment, since the park has its own copy. Records of closed dead letters go when they are past
 * retention, too.
 */
public final class LogSegments {

  /** As a service's other loops, it is one of the workers; this often, a look suffices. */
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final int PURGE = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(LogSegments.class);

  private static final String CURRENT =
      """
      select s.segment, h.position, h.position >= s.first_position
          and (s.opened_at < clock_timestamp() - ? * interval '1 second'
            or h.position - s.first_position + 1 >= ?) as due
      from messaging.log_head h join messaging.log_segment s using (segment)
      """;

  /**
   * A statement that appends has looked up the partitions before it waits for the log's head, and
   * would not find the new one. So whoever is appending is let out first, and nobody in.
   */
  private static final String HOLD_APPENDERS =
      "lock table messaging.event in share row exclusive mode";

  private static final String CLOSE =
      "update messaging.log_segment set closed_at = clock_timestamp() where segment = ?";
  private static final String OPEN = "select messaging.open_segment(?, ?)";
  private static final String SWITCH = "update messaging.log_head set segment = ?";

  /** Keeps subscriptions from being sent back while it is decided what nobody needs. */
  private static final String HOLD_CURSORS =
      "select from messaging.subscription order by name for update";

  private static final String FORGET =
      """
      delete from messaging.log_segment where segment in (
        select s.segment from messaging.log_segment s
        join messaging.log_segment next on next.segment = s.segment + 1
        where s.closed_at < clock_timestamp() - ? * interval '1 second'
          and next.first_position - 1 <= coalesce(
            (select min(position) from messaging.subscription), next.first_position - 1))
      """;

  /** Partitions that are forgotten and still there, whatever interrupted their removal. */
  private static final String FORGOTTEN =
      """
      select c.relname as name, i.inhrelid is not null as attached,
        coalesce(i.inhdetachpending, false) as detaching
      from pg_class c left join pg_inherits i on i.inhrelid = c.oid
      where c.relnamespace = 'messaging'::regnamespace and c.relkind = 'r'
        and c.relname ~ '^event_[0-9]+$'
        and substr(c.relname, 7)::integer not in (select segment from messaging.log_segment)
      order by detaching desc, c.oid
      """;

  /** One process at a time removes partitions: "rsrv" and 1, as a key nobody else uses. */
  private static final String ALONE = "select pg_try_advisory_lock(1920168566, 1)";

  private static final String NOT_ALONE = "select pg_advisory_unlock(1920168566, 1)";
  private static final String PURGE_DEAD =
      """
      delete from messaging.dead_letter where id in (
        select id from messaging.dead_letter
        where closed_at < clock_timestamp() - ? * interval '1 second' limit ?)
      """;

  private final DataSource dataSource;
  private final Transactions transactions;
  private final Limits limits;

  /**
   * @param retention events are kept at least this long
   * @param segmentAge a segment is closed when it is this old
   * @param segmentEvents a segment is closed when it holds this many events
   */
  public record Limits(Duration retention, Duration segmentAge, long segmentEvents) {
    public Limits {
      if (retention.isNegative() || retention.isZero()) {
        throw new IllegalArgumentException("retention must be positive, was " + retention);
      }
      if (segmentAge.isNegative() || segmentAge.isZero()) {
        throw new IllegalArgumentException("segmentAge must be positive, was " + segmentAge);
      }
      if (segmentEvents < 1) {
        throw new IllegalArgumentException(
            "segmentEvents must be at least 1, was " + segmentEvents);
      }
    }
  }

  public LogSegments(DataSource dataSource, Transactions transactions, Limits limits) {
    this.dataSource = dataSource;
    this.transactions = transactions;
    this.limits = limits;
  }

  public Worker worker() {
    return new Worker("messaging.segments", INTERVAL, this::maintain);
  }

  /** Opens and drops what is due. */
  public boolean maintain() {
    rotate();
    forget();
    dropForgotten();
    return purgeDeadLetters();
  }

  private record Current(int segment, long position, boolean due) {}

  private void rotate() {
    transactions.run(tx -> {
      Connection connection = Sql.connection(tx);
      if (!current(connection).due()) {
        return;
      }
      // From here on nothing is appended until this transaction ends; making an empty partition
      // takes a few milliseconds.
      Sql.execute(connection, "set local lock_timeout = '2s'");
      Sql.execute(connection, HOLD_APPENDERS);
      Current current = current(connection);
      if (!current.due()) {
        return; // another process was quicker
      }
      int next = current.segment() + 1;
      long first = current.position() + 1;
      Sql.update(connection, CLOSE, current.segment());
      Sql.query(connection, OPEN, row -> true, next, first);
      Sql.update(connection, SWITCH, next);
      LOG.info("log segment opened: segment={} firstPosition={}", next, first);
    });
  }

  private Current current(Connection connection) {
    return Sql.query(
            connection,
            CURRENT,
            row ->
                new Current(row.getInt("segment"), row.getLong("position"), row.getBoolean("due")),
            limits.segmentAge().toSeconds(),
            limits.segmentEvents())
        .getFirst();
  }

  /** From this commit on the log begins later; what is removed after it, nobody may ask for. */
  private void forget() {
    transactions.run(tx -> {
      Connection connection = Sql.connection(tx);
      Sql.query(connection, HOLD_CURSORS, row -> true);
      Sql.update(connection, FORGET, limits.retention().toSeconds());
    });
  }

  private record Partition(String name, boolean attached, boolean detaching) {}

  /**
   * Outside a transaction, so that readers of other segments are not held up. Each step may be the
   * last before a crash: the next run finds what is left and goes on from there.
   */
  private void dropForgotten() {
    try (Connection connection = dataSource.getConnection()) {
      List<Partition> forgotten = forgotten(connection);
      if (forgotten.isEmpty()
          || !Sql.query(connection, ALONE, row -> row.getBoolean(1)).getFirst()) {
        return;
      }
      try {
        Sql.execute(connection, "set lock_timeout = '2s'");
        for (Partition partition : forgotten(connection)) {
          drop(connection, partition);
        }
      } finally {
        Sql.execute(connection, "reset lock_timeout");
        Sql.query(connection, NOT_ALONE, row -> true);
      }
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
  }

  private static List<Partition> forgotten(Connection connection) {
    return Sql.query(
        connection,
        FORGOTTEN,
        row ->
            new Partition(
                EventColumns.text(row, "name"),
                row.getBoolean("attached"),
                row.getBoolean("detaching")));
  }

  private static void drop(Connection connection, Partition partition) {
    String name = partition.name();
    if (partition.attached()) {
      Sql.execute(
          connection,
          "alter table messaging.event detach partition messaging.%s %s"
              .formatted(name, partition.detaching() ? "finalize" : "concurrently"));
    }
    Sql.execute(connection, "drop table messaging." + name);
    LOG.info("log segment dropped: partition={}", name);
  }

  private boolean purgeDeadLetters() {
    return transactions.call(tx ->
        Sql.update(Sql.connection(tx), PURGE_DEAD, limits.retention().toSeconds(), PURGE) == PURGE);
  }
}
