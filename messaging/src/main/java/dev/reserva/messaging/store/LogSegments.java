package dev.reserva.messaging.store;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
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
      select s.segment, s.opened_at < clock_timestamp() - ? * interval '1 second'
          or h.position - s.first_position >= ? as full_or_old,
        h.position >= s.first_position as used, h.position
      from messaging.log_head h join messaging.log_segment s using (segment)
      """;
  private static final String CLOSE =
      "update messaging.log_segment set closed_at = clock_timestamp() where segment = ?";
  private static final String OPEN = "select messaging.open_segment(?, ?)";
  private static final String SWITCH =
      "update messaging.log_head set segment = ? where segment = ?";
  private static final String LOCK_HEAD = "select position from messaging.log_head for update";
  private static final String DROPPABLE =
      """
      select s.segment from messaging.log_segment s
      join messaging.log_segment next on next.segment = s.segment + 1
      where s.closed_at < clock_timestamp() - ? * interval '1 second'
        and next.first_position - 1 <= coalesce(
          (select min(position) from messaging.subscription), next.first_position - 1)
      order by s.segment
      """;
  private static final String FORGET = "delete from messaging.log_segment where segment = ?";
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
    drop();
    return purgeDeadLetters();
  }

  private record Current(int segment, boolean due, boolean used) {}

  private void rotate() {
    transactions.run(tx -> {
      Connection connection = Sql.connection(tx);
      if (!current(connection).due()) {
        return;
      }
      // From here on nothing is appended until this transaction ends; making an empty partition
      // takes a few milliseconds.
      long position = Sql.query(connection, LOCK_HEAD, row -> row.getLong("position")).getFirst();
      Current current = current(connection);
      if (!current.due() || !current.used()) {
        return; // another process was quicker, or nothing is in it
      }
      int next = current.segment() + 1;
      Sql.update(connection, CLOSE, current.segment());
      Sql.query(connection, OPEN, row -> true, next, position + 1);
      Sql.update(connection, SWITCH, next, current.segment());
      LOG.info("log segment opened: segment={} firstPosition={}", next, position + 1);
    });
  }

  private Current current(Connection connection) {
    return Sql.query(
            connection,
            CURRENT,
            row ->
                new Current(
                    row.getInt("segment"), row.getBoolean("full_or_old"), row.getBoolean("used")),
            limits.segmentAge().toSeconds(),
            limits.segmentEvents())
        .getFirst();
  }

  private void drop() {
    List<Integer> droppable =
        transactions.call(tx ->
            Sql.query(
                Sql.connection(tx),
                DROPPABLE,
                row -> row.getInt("segment"),
                limits.retention().toSeconds()));
    for (int segment : droppable) {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        // Outside a transaction: readers of other segments are not held up.
        statement.execute("set lock_timeout = '2s'");
        try {
          statement.execute(
              "alter table messaging.event detach partition messaging.event_%d concurrently"
                  .formatted(segment));
          statement.execute("drop table messaging.event_%d".formatted(segment));
        } finally {
          statement.execute("reset lock_timeout");
        }
        Sql.update(connection, FORGET, segment);
        LOG.info("log segment dropped: segment={} at={}", segment, Instant.now());
      } catch (SQLException e) {
        throw new SqlFailure(e);
      }
    }
  }

  private boolean purgeDeadLetters() {
    return transactions.call(tx ->
        Sql.update(Sql.connection(tx), PURGE_DEAD, limits.retention().toSeconds(), PURGE) == PURGE);
  }
}
