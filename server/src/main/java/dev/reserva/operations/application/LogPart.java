package dev.reserva.operations.application;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.operations.application.ManualPublications.ManualPublication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log of one database, as a part of the system's. */
public interface LogPart {

  /** Position of the last event; 0 when there is none. */
  long end();

  /**
   * Searches onwards from a position, oldest first. A page can have fewer entries than {@code
   * limit}, even none, although there are more.
   */
  LogPage search(Filter filter, long after, int limit);

  /**
   * @param next position to continue from; absent at the log's end
   */
  record LogPage(List<LogEntry> entries, @Nullable Long next) {
    public LogPage {
      entries = List.copyOf(entries);
    }
  }

  /**
   * @param byHand who published the event by hand; absent if nobody did
   */
  record LogEntry(long position, Event event, @Nullable ManualPublication byHand) {}
}
