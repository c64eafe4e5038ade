package dev.reserva.messaging.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A ring buffer of the log's last events, without gaps. When it is full, it evicts the oldest. Not
 * thread-safe.
 */
final class EventRing {

  /**
   * Most events kept, a power of two: the events of some 1,500 orders, which is how far
   * subscriptions fall behind under load.
   */
  private static final int MAX_EVENTS = 16_384;

  /** Most characters of payload kept, so that orders of 2,000 lines do not fill the heap. */
  private static final long MAX_CHARS = 16L << 20;

  /** The entry at a position has the index: position modulo length. */
  private final @Nullable LogEntry[] entries = new LogEntry[MAX_EVENTS];

  /** Positions kept: first (inclusive) to last (inclusive); empty while last is first - 1. */
  private long first = 1;

  private long last;
  private long chars;
  private boolean started;

  /** Whether it knows a position to continue from. */
  boolean isStarted() {
    return started;
  }

  /** Position of the last event that was added. */
  long last() {
    return last;
  }

  /**
   * @return at most {@code max} entries that follow the position; empty when the next one is not
   *     here
   */
  List<LogEntry> after(long position, int max) {
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

  /**
   * Adds the entries that continue the ring; ignores entries that it has had and entries behind a
   * gap. The first call makes the ring start at {@code base}.
   *
   * @param base position before the first entry
   */
  void append(long base, List<LogEntry> appended) {
    if (!started) {
      first = base + 1;
      last = base;
      started = true;
    }
    for (LogEntry entry : appended) {
      if (entry.position() == last + 1) {
        last++;
        chars += entry.payloadLength();
        if (last - first == MAX_EVENTS) {
          evictFirst();
        }
        entries[index(last)] = entry;
        while (chars > MAX_CHARS && first < last) {
          evictFirst();
        }
      }
    }
  }

  void evictUpTo(long position) {
    while (first <= last && first <= position) {
      evictFirst();
    }
  }

  /** Evicts everything; the next {@link #append} starts the ring again. */
  void reset() {
    Arrays.fill(entries, null);
    chars = 0;
    started = false;
  }

  private void evictFirst() {
    chars -= kept(first).payloadLength();
    entries[index(first)] = null;
    first++;
  }

  private LogEntry kept(long position) {
    return Objects.requireNonNull(entries[index(position)], "position within the ring");
  }

  private static int index(long position) {
    return (int) (position & (MAX_EVENTS - 1));
  }
}
