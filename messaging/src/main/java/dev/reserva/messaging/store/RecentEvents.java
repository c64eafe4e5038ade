package dev.reserva.messaging.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last events of the log, without gaps, and the commits of this process that will add to them.
 * Thread-safe; a method waits only for the monitor.
 *
 * <p>Transactions of this process commit in order of position, but they may report it in another
 * order. Their events are then kept aside until the earlier commit is reported.
 */
final class RecentEvents {

  /** Most commits kept aside: more transactions than that are not under way at a time. */
  private static final int MAX_EARLY = 64;

  /**
   * How long the report of a commit is awaited. It follows the commit by microseconds, unless the
   * connection broke in between.
   */
  private static final long MAX_REPORT_DELAY_NANOS = 100_000_000L;

  private final EventRing ring = new EventRing();

  /** Appends of this process that are not reported yet, by the position before the append. */
  private final TreeMap<Long, Pending> pending = new TreeMap<>();

  /** Reported commits that follow a pending one, by the position before the append. */
  private final TreeMap<Long, List<LogEntry>> early = new TreeMap<>();

  /**
   * @param end position of its last event
   */
  private record Pending(long end, long sinceNanos) {}

  /** Why the event after a position is not here. */
  enum Missing {
    /** A transaction of this process will report it in a moment. */
    PENDING,
    /** It is older than what is kept. */
    EVICTED,
    /** It is at the log's end, and another process appended it. */
    UNREAD
  }

  /**
   * @return at most {@code max} entries that follow the position; empty when the next one is not
   *     here
   */
  synchronized List<LogEntry> after(long position, int max) {
    return ring.after(position, max);
  }

  synchronized Missing missing(long position) {
    if (ring.isStarted() && position < ring.last()) {
      return Missing.EVICTED;
    }
    return isPending(position) ? Missing.PENDING : Missing.UNREAD;
  }

  /** Whether the log has events after the last one that is kept. */
  synchronized boolean endsBefore(long end) {
    return ring.isStarted() && ring.last() < end;
  }

  /**
   * A transaction of this process is about to commit.
   *
   * @param base position before its first event
   * @param count how many events it has appended
   */
  synchronized void committing(long base, int count) {
    pending.put(base, new Pending(base + count, System.nanoTime()));
  }

  /** A transaction that was about to commit has failed, or its outcome is unknown. */
  synchronized void notCommitted(long base) {
    pending.remove(base);
    early.clear(); // readers get these events from the database
  }

  /**
   * Adds the events of a commit, and of those kept aside that now continue them. If an earlier
   * commit is pending, the events are kept aside; behind any other gap they are ignored, and
   * readers get them from the database.
   *
   * @return the entries that were added; an empty list when they are kept aside; {@link
   *     Optional#empty} when they do not continue what is kept
   */
  synchronized Optional<List<LogEntry>> committed(long base, List<LogEntry> appended) {
    pending.remove(base);
    if (ring.isStarted() && base > ring.last() && isPending(ring.last())) {
      if (early.size() == MAX_EARLY) {
        early.clear();
      }
      early.put(base, appended);
      return Optional.of(List.of());
    }
    boolean continues = !ring.isStarted() || base == ring.last();
    ring.append(base, appended);
    List<LogEntry> added = appended;
    var next = early.firstEntry();
    while (next != null && next.getKey() <= ring.last()) {
      early.pollFirstEntry();
      ring.append(next.getKey(), next.getValue());
      added = new ArrayList<>(added);
      added.addAll(next.getValue());
      next = early.firstEntry();
    }
    return continues ? Optional.of(added) : Optional.empty();
  }

  /**
   * Adds events that were read from the database after a position. If the position is behind the
   * end of what is kept, the gap in between will not be closed, and everything kept is replaced.
   */
  synchronized void read(long position, List<LogEntry> found) {
    if (ring.isStarted() && position > ring.last()) {
      ring.reset();
    }
    ring.append(position, found);
  }

  synchronized void evictUpTo(long position) {
    ring.evictUpTo(position);
  }

  private boolean isPending(long position) {
    Map.Entry<Long, Pending> next = pending.floorEntry(position);
    return next != null
        && next.getValue().end() > position
        && System.nanoTime() - next.getValue().sinceNanos() < MAX_REPORT_DELAY_NANOS;
  }
}
