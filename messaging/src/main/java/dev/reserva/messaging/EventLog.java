package dev.reserva.messaging;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the log, for the search, an order's history and the audit trail. */
public interface EventLog {

  /** Position of the last event; 0 when there is none. Positions have no gaps. */
  long end();

  /** The first position still kept; {@code end() + 1} when there is none. */
  long start();

  /** The events of one partition key that follow the position, in order, at most {@code limit}. */
  List<Entry> ofKey(UUID key, long after, int limit);

  /**
   * Searches onwards from a position, oldest first.
   *
   * <p>One call reads only a bounded part of the log. A page can therefore have fewer entries than
   * {@code limit}, even none, although there are more.
   */
  Found search(Filter filter, long after, int limit);

  /** An event with its place in the log. */
  record Entry(long position, Event event) {}

  /**
   * @param next position to continue from; absent at the log's end
   */
  record Found(List<Entry> entries, @Nullable Long next) {}

  /**
   * Conditions that an event must meet; null matches all.
   *
   * @param own only events that this database has published, not those that it has imported
   */
  record Filter(
      @Nullable UUID subject,
      @Nullable UUID key,
      @Nullable String type,
      @Nullable String correlationId,
      boolean own) {

    public static final Filter ANY = new Filter(null, null, null, null);

    /** Also matches imported events. */
    public Filter(
        @Nullable UUID subject,
        @Nullable UUID key,
        @Nullable String type,
        @Nullable String correlationId) {
      this(subject, key, type, correlationId, false);
    }

    /** The same conditions, for events that this database has published. */
    public Filter ofOwn() {
      return new Filter(subject, key, type, correlationId, true);
    }
  }
}
