package dev.reserva.messaging.store;

import dev.reserva.messaging.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes segments of the log that are past retention and behind every cursor.
 *
 * <p>First, a transaction deletes the segments' rows in {@code messaging.log_segment}: the log then
 * starts later. Then their partitions are detached and dropped. After a crash in between, the next
 * run finds the remaining partitions and drops them.
 */
final class SegmentRemoval {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentRemoval.class);

  /** Keeps subscriptions from being rewound while segments are deleted. */
  private static final String LOCK_CURSORS =
      "select from messaging.subscription order by name for update";

  private static final String DELETE_EXPIRED =
      """
      delete from messaging.log_segment where segment in (
        select s.segment from messaging.log_segment s
        join messaging.log_segment next on next.segment = s.segment + 1
        where s.closed_at < clock_timestamp() - ? * interval '1 second'
          and next.first_position - 1 <= coalesce(
            (select min(position) from messaging.subscription), next.first_position - 1))
      """;

  /** Partitions without a row in {@code log_segment}; unfinished detachments first. */
  private static final String SELECT_ORPHANED_PARTITIONS =
      """
      select c.relname as name, i.inhrelid is not null as attached,
        coalesce(i.inhdetachpending, false) as detaching
      from pg_class c left join pg_inherits i on i.inhrelid = c.oid
      where c.relnamespace = 'messaging'::regnamespace and c.relkind = 'r'
        and c.relname ~ '^event_batch_[0-9]+$'
        and substr(c.relname, 13)::integer not in (select segment from messaging.log_segment)
      order by detaching desc, c.oid
      """;

  /**
   * Only one process at a time removes partitions. The key is {@code rsrv} in ASCII, and 1; the
   * backbone has no other advisory lock.
   */
  private static final String TRY_LOCK = "select pg_try_advisory_lock(1920168566, 1)";

  private static final String UNLOCK = "select pg_advisory_unlock(1920168566, 1)";

  private final DataSource dataSource;
  private final Transactions transactions;
  private final Duration retention;

  SegmentRemoval(DataSource dataSource, Transactions transactions, Duration retention) {
    this.dataSource = dataSource;
    this.transactions = transactions;
    this.retention = retention;
  }

  void removeExpired() {
    deleteExpired();
    dropOrphanedPartitions();
  }

  /** After the commit, no reader asks for these segments: the log starts behind them. */
  private void deleteExpired() {
    transactions.run(tx -> {
      Connection connection = Sql.connection(tx);
      Sql.query(connection, LOCK_CURSORS, row -> true);
      Sql.update(connection, DELETE_EXPIRED, retention.toSeconds());
    });
  }

  private record Partition(String name, boolean attached, boolean detaching) {}

  /** Runs outside a transaction, as {@code detach partition concurrently} requires. */
  private void dropOrphanedPartitions() {
    try (Connection connection = dataSource.getConnection()) {
      if (orphanedPartitions(connection).isEmpty()
          || !Sql.query(connection, TRY_LOCK, row -> row.getBoolean(1)).getFirst()) {
        return;
      }
      try {
        Sql.execute(connection, "set lock_timeout = '2s'");
        for (Partition partition : orphanedPartitions(connection)) {
          drop(connection, partition);
        }
      } finally {
        Sql.execute(connection, "reset lock_timeout");
        Sql.query(connection, UNLOCK, row -> true);
      }
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
  }

  private static List<Partition> orphanedPartitions(Connection connection) {
    return Sql.query(
        connection,
        SELECT_ORPHANED_PARTITIONS,
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
          "alter table messaging.event_batch detach partition messaging.%s %s"
              .formatted(name, partition.detaching() ? "finalize" : "concurrently"));
    }
    Sql.execute(connection, "drop table messaging." + name);
    LOG.info("log segment dropped: partition={}", name);
  }
}
