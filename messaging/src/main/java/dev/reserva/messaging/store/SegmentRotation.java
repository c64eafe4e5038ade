package dev.reserva.messaging.store;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.store.LogSegments.Limits;
import java.sql.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the log's current segment when it is old or large, and opens the next one. */
final class SegmentRotation {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentRotation.class);

  private static final String SELECT_CURRENT =
      """
      select s.segment, e.position, e.position >= s.first_position
          and (s.opened_at < clock_timestamp() - ? * interval '1 second'
            or e.position - s.first_position + 1 >= ?) as due
      from messaging.log_head h join messaging.log_segment s using (segment),
        (select max(position) as position from messaging.log_end) e
      """;

  /**
   * Waits for the transaction that is appending, and blocks further appends. These read the current
   * segment after they get the lock.
   */
  private static final String LOCK_APPENDS = "select from messaging.log_head for update";

  private static final String CLOSE_SEGMENT =
      "update messaging.log_segment set closed_at = clock_timestamp() where segment = ?";
  private static final String OPEN_SEGMENT = "select messaging.open_segment(?, ?)";
  private static final String SWITCH_HEAD = "update messaging.log_head set segment = ?";

  private final Transactions transactions;
  private final Limits limits;

  SegmentRotation(Transactions transactions, Limits limits) {
    this.transactions = transactions;
    this.limits = limits;
  }

  private record Current(int segment, long position, boolean due) {}

  /** Does nothing when the current segment is empty or within its limits. */
  void rotate() {
    transactions.run(tx -> {
      Connection connection = Sql.connection(tx);
      if (!current(connection).due()) {
        return;
      }
      // Nothing is appended from here until this transaction ends. An empty partition is made in a
      // few milliseconds.
      Sql.execute(connection, "set local lock_timeout = '2s'");
      Sql.execute(connection, LOCK_APPENDS);
      Current current = current(connection);
      if (!current.due()) {
        return; // another process has rotated meanwhile
      }
      int next = current.segment() + 1;
      long first = current.position() + 1;
      Sql.update(connection, CLOSE_SEGMENT, current.segment());
      Sql.query(connection, OPEN_SEGMENT, row -> true, next, first);
      Sql.update(connection, SWITCH_HEAD, next);
      LOG.info("log segment opened: segment={} firstPosition={}", next, first);
    });
  }

  private Current current(Connection connection) {
    return Sql.query(
            connection,
            SELECT_CURRENT,
            row ->
                new Current(row.getInt("segment"), row.getLong("position"), row.getBoolean("due")),
            limits.segmentAge().toSeconds(),
            limits.segmentEvents())
        .getFirst();
  }
}
