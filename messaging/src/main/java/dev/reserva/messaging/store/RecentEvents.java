package dev.reserva.messaging.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last events of the log without holes, and what this process is about to add to them. Safe for
 * use by many threads; no method waits for anything but the others.
 */
final class RecentEvents {

  /**
   * Most events kept, a power of two: what subscriptions fall behind by under load, some 1,500
   * orders' events.
   */
  private static final int MAX_EVENTS = 16_384;

  /** Characters of payload kept: orders of 2,000 lines must not fill the heap. */
  private static final long MAX_CHARS = 16L << 20;

  /** More transactions than that are not under way at a time. */
  private static final int MAX_EARLY = 64;

  /**
   * How long a report is waited for that others have overtaken. It follows its commit by
   * microseconds, unless the connection broke in between.
   */
  private static final long REPORT_PATIENCE_NANOS = 100_000_000L;

  /** A ring: the entry at a position stands at that position modulo the length. */
  private final @Nullable LogEntry[] ring = new LogEntry[MAX_EVENTS];

  /** Positions kept: first (inclusive) to last (inclusive); empty while last is first - 1. */
  private long first = 1;

  private long last;
  private long chars;
  private boolean primed;

  /**
   * What transactions of this process have appended and not yet reported as committed, by the
   * position before. They may be reported in another order than they commit in, and are then waited
   * for rather than read.
   */
  private final TreeMap<Long, UnderWay> underWay = new TreeMap<>();

  /** Reported, but behind a hole that is under way, by the position before. */
  private final TreeMap<Long, List<LogEntry>> early = new TreeMap<>();

  /**
   * @param end position of its last event
   */
  private record UnderWay(long end, long sinceNanos) {}

  /** Why what follows a position is not here. */
  enum Missing {
    /** A transaction of this process is about to report it. */
    UNDER_WAY,
    /** It is further back than is kept. */
    LONG_AGO,
    /** It is new, and somebody else's. */
    AT_THE_END
  }

  /**
   * @return at most {@code max} entries that follow the position; empty when the next one is not
   *     here
   */
  synchronized List<LogEntry> after(long position, int max) {
    if (position + 1 < first || position >= last) {
      return List.of();
    }
    int size = (int) Math.min(max, last - position);
    List<LogEntry> found = new ArrayList<>(size);
    for (long next = position + 1; next <= position + size; next++) {
      found.add(kept(next));
    }
    return found;
  }

  synchronized Missing missing(long position) {
    if (primed && position < last) {
      return Missing.LONG_AGO;
    }
    return isUnderWay(position) ? Missing.UNDER_WAY : Missing.AT_THE_END;
  }

  /** Whether the log goes on behind what is kept here. */
  synchronized boolean endsBefore(long head) {
    return primed && last < head;
  }

  /** A transaction of this process is about to commit so many events after a position. */
  synchronized void committing(long base, int count) {
    underWay.put(base, new UnderWay(base + count, System.nanoTime()));
  }

  /** A transaction that was about to commit did not, or nobody knows. */
  synchronized void notCommitted(long base) {
    underWay.remove(base);
    early.clear(); // read from the database when somebody needs it
  }

  /**
   * Adds what continues the end, now or when the hole before it is closed. What would leave another
   * hole is left to be read when somebody needs it.
   *
   * @return what can be had from now on that could not before; empty when nothing is known of it,
   *     none at all while a hole is waited for
   */
  synchronized Optional<List<LogEntry>> committed(long base, List<LogEntry> appended) {
    underWay.remove(base);
    if (primed && base > last && isUnderWay(last)) {
      if (early.size() == MAX_EARLY) {
        early.clear();
      }
      early.put(base, appended);
      return Optional.of(List.of());
    }
    boolean continues = !primed || base == last;
    append(base, appended);
    List<LogEntry> added = appended;
    var next = early.firstEntry();
    while (next != null && next.getKey() <= last) {
      early.pollFirstEntry();
      append(next.getKey(), next.getValue());
      added = new ArrayList<>(added);
      added.addAll(next.getValue());
      next = early.firstEntry();
    }
    return continues ? Optional.of(added) : Optional.empty();
  }

  /**
   * Adds what was read behind a position. When the front-most reader has passed a hole that nobody
   * else will fill, all begins anew.
   */
  synchronized void read(long position, List<LogEntry> found) {
    if (primed && position > last) {
      Arrays.fill(ring, null);
      chars = 0;
      primed = false;
    }
    append(position, found);
  }

  /** Lets go of what stands at a position or before. */
  synchronized void forget(long upTo) {
    while (first <= last && first <= upTo) {
      evictFirst();
    }
  }

  private boolean isUnderWay(long position) {
    Map.Entry<Long, UnderWay> next = underWay.floorEntry(position);
    return next != null
        && next.getValue().end() > position
        && System.nanoTime() - next.getValue().sinceNanos() < REPORT_PATIENCE_NANOS;
  }

  private void append(long base, List<LogEntry> appended) {
    if (!primed) {
      first = base + 1;
      last = base;
      primed = true;
    }
    for (LogEntry entry : appended) {
      if (entry.position() == last + 1) {
        last++;
        chars += chars(entry);
        if (last - first == MAX_EVENTS) {
          evictFirst();
        }
        ring[slot(last)] = entry;
        while (chars > MAX_CHARS && first < last) {
          evictFirst();
        }
      }
    }
  }

  private void evictFirst() {
    chars -= chars(kept(first));
    ring[slot(first)] = null;
    first++;
  }

  private LogEntry kept(long position) {
    return Objects.requireNonNull(ring[slot(position)], "position within the ring");
  }

  private static int chars(LogEntry entry) {
    return entry.message().event().data().length();
  }

  private static int slot(long position) {
    return (int) (position & (MAX_EVENTS - 1));
  }
}
