package dev.reserva.messaging.store;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Bounds what the backbone stores. It opens a new segment of the log when the current one is old or
 * large, drops segments past retention, and deletes closed dead letters past retention.
 *
 * <p>A segment is dropped only when every subscription has read it to its end. Parked events do not
 * keep a segment, because {@code messaging.parked} has its own copy of them.
 */
public final class LogSegments {

  /** A segment may exceed its limits by what is appended within a minute. */
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final int MAX_DEAD_LETTERS_DELETED = 1_000;

  private final Transactions transactions;
  private final Duration retention;
  private final SegmentRotation rotation;
  private final SegmentRemoval removal;

  /**
   * @param retention events and closed dead letters are kept at least this long
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
    this.transactions = transactions;
    this.retention = limits.retention();
    this.rotation = new SegmentRotation(transactions, limits);
    this.removal = new SegmentRemoval(dataSource, transactions, limits.retention());
  }

  public Worker worker() {
    return new Worker("messaging.segments", INTERVAL, this::maintain);
  }

  /**
   * Opens, drops and deletes what is due.
   *
   * @return whether there may be more to do
   */
  public boolean maintain() {
    rotation.rotate();
    removal.removeExpired();
    return deleteClosedDeadLetters();
  }

  private boolean deleteClosedDeadLetters() {
    return transactions.call(tx ->
        DeadLetterRows.deleteClosed(Sql.connection(tx), retention, MAX_DEAD_LETTERS_DELETED)
            == MAX_DEAD_LETTERS_DELETED);
  }
}
