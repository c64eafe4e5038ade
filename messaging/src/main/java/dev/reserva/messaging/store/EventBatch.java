package dev.reserva.messaging.store;

import dev.reserva.messaging.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log: events of one transaction that follow each other and share their key, their
 * correlation and their trace, like a record batch of Kafka.
 *
 * @param first index of its first event within the transaction, counted from one
 * @param last index of its last event
 */
record EventBatch(int first, int last, Shared shared) {

  /** Most events in a batch. */
  static final int MAX_EVENTS = 100;

  /** A batch whose payloads have this many characters takes no further event. */
  private static final int MAX_CHARS = 1 << 20;

  /** What all events of a batch have in common. */
  record Shared(
      UUID key, String correlationId, @Nullable String traceparent, @Nullable String tracestate) {

    static Shared of(Event event) {
      return new Shared(
          event.key(), event.correlationId(), event.traceparent(), event.tracestate());
    }
  }

  /**
   * The order in which a transaction's events are appended: those of one key follow each other, as
   * they were published, so that there are few batches.
   *
   * @return the events' indexes, counted from zero
   */
  static int[] order(List<Event> events) {
    Map<UUID, List<Integer>> byKey = new LinkedHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      byKey.computeIfAbsent(events.get(i).key(), _ -> new ArrayList<>()).add(i);
    }
    return byKey.values().stream().flatMap(Collection::stream).mapToInt(i -> i).toArray();
  }

  /** Divides events into batches. */
  static List<EventBatch> of(List<Event> events) {
    List<EventBatch> batches = new ArrayList<>();
    int from = 0;
    while (from < events.size()) {
      Shared shared = Shared.of(events.get(from));
      int until = from + 1;
      long chars = events.get(from).data().length();
      while (until < events.size()
          && until - from < MAX_EVENTS
          && chars < MAX_CHARS
          && Shared.of(events.get(until)).equals(shared)) {
        chars += events.get(until).data().length();
        until++;
      }
      batches.add(new EventBatch(from + 1, until, shared));
      from = until;
    }
    return batches;
  }

  int size() {
    return last - first + 1;
  }
}
