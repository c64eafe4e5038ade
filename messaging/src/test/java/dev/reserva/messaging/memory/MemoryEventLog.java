package dev.reserva.messaging.memory;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The log in a {@link MemoryDatabase}; it keeps everything. */
public final class MemoryEventLog implements EventLog {

  private final MemoryTable<Long, Entry> entries;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public MemoryEventLog(MemoryDatabase database) {
    this.entries = database.table("event");
  }

  /** In a transaction. */
  void append(List<Event> events) {
    long position = end();
    for (Event event : events) {
      position++;
      entries.put(position, new Entry(position, event));
    }
  }

  void onGrowth(Runnable listener) {
    listeners.add(listener);
  }

  void grown() {
    listeners.forEach(Runnable::run);
  }

  /** What follows a position, in order. */
  List<Entry> after(long position) {
    return entries.after(position, Integer.MAX_VALUE);
  }

  @Override
  public long end() {
    return entries.size();
  }

  @Override
  public long start() {
    return 1;
  }

  @Override
  public List<Entry> ofKey(UUID key, long after, int limit) {
    return after(after).stream()
        .filter(entry -> entry.event().key().equals(key))
        .limit(limit)
        .toList();
  }

  @Override
  public Found search(Filter filter, long after, int limit) {
    List<Entry> found =
        after(after).stream().filter(entry -> matches(filter, entry.event())).limit(limit).toList();
    return new Found(found, found.size() == limit ? found.getLast().position() : null);
  }

  private static boolean matches(Filter filter, Event event) {
    return (filter.subject() == null || filter.subject().equals(event.subject()))
        && (filter.key() == null || filter.key().equals(event.key()))
        && (filter.type() == null || filter.type().equals(event.type()))
        && (filter.correlationId() == null || filter.correlationId().equals(event.correlationId()));
  }
}
