package dev.reserva.messaging;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the log: its search, an order's history, the audit trail. */
public interface EventLog {

  /** Position of the last event; 0 when there is none. Positions have no gaps. */
  long end();

  /** The first position still kept; {@code end() + 1} when there is none. */
  long start();

  /** Everything of one partition key in order, at most {@code limit} after the position. */
  List<Entry> ofKey(UUID key, long after, int limit);

  /**
   * Searches onwards from a position, oldest first.
   *
   * <p>Only a bounded part of the log is read in one call, so a page may hold fewer entries than
   * asked for, even none, and still have a continuation.
   */
  Found search(Filter filter, long after, int limit);

  /** An event with its place in the log. */
  record Entry(long position, Event event) {}

  /**
   * @param next position to continue from; absent at the log's end
   */
  record Found(List<Entry> entries, @Nullable Long next) {}

  /** What is absent is not asked for. */
  record Filter(
      @Nullable UUID subject,
      @Nullable UUID key,
      @Nullable String type,
      @Nullable String correlationId) {

    public static final Filter ANY = new Filter(null, null, null, null);
  }
}
