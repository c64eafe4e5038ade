package dev.reserva.messaging.memory;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.delivery.LocalDelivery.Appended;
import dev.reserva.messaging.transport.ImportedFlag;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The log in a {@link MemoryDatabase}. It has no retention. */
public final class MemoryEventLog implements EventLog {

  private final MemoryTable<Long, Entry> entries;

  /**
   * By position, the flags of the subscriptions that handled the event locally, and of imported
   * events; no row means none.
   */
  private final MemoryTable<Long, Integer> flags;

  private final MemoryTable<String, Long> head;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public MemoryEventLog(MemoryDatabase database) {
    this.entries = database.table("event");
    this.head = database.table("log_head");
    this.flags = database.table("event_flags");
  }

  /**
   * Appends in a transaction.
   *
   * @param mark stored in the head for the next append
   */
  Appended append(List<Event> events, int[] handledBy, long mark) {
    long base = end();
    for (int i = 0; i < events.size(); i++) {
      long position = base + 1 + i;
      entries.put(position, new Entry(position, events.get(i)));
      if (handledBy[i] != 0) {
        flags.put(position, handledBy[i]);
      }
    }
    long before = head.get("mark").orElse(0L);
    head.put("mark", mark);
    return new Appended(base, before);
  }

  int flags(long position) {
    return flags.get(position).orElse(0);
  }

  /** How many events were handled locally, counted once for each subscription. */
  public int handledLocally() {
    return flags.values().stream().map(ImportedFlag::without).mapToInt(Integer::bitCount).sum();
  }

  /** The ids of the events that were imported. */
  public Set<UUID> imported() {
    return after(0).stream()
        .filter(entry -> ImportedFlag.marks(flags(entry.position())))
        .map(entry -> entry.event().id())
        .collect(Collectors.toSet());
  }

  void onGrowth(Runnable listener) {
    listeners.add(listener);
  }

  void grown() {
    listeners.forEach(Runnable::run);
  }

  /** The events that follow a position, in order. */
  List<Entry> after(long position) {
    return after(position, Integer.MAX_VALUE);
  }

  List<Entry> after(long position, int limit) {
    return entries.after(position, limit);
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
        after(after).stream()
            .filter(entry -> !filter.own() || !ImportedFlag.marks(flags(entry.position())))
            .filter(entry -> matches(filter, entry.event()))
            .limit(limit)
            .toList();
    return new Found(found, found.size() == limit ? found.getLast().position() : null);
  }

  private static boolean matches(Filter filter, Event event) {
    return (filter.subject() == null || filter.subject().equals(event.subject()))
        && (filter.key() == null || filter.key().equals(event.key()))
        && (filter.type() == null || filter.type().equals(event.type()))
        && (filter.correlationId() == null || filter.correlationId().equals(event.correlationId()));
  }
}
