package dev.reserva.messaging.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Events that this process has appended and a subscription's cursor has not passed. A later event
 * of one of their keys must not be handled locally. Guarded by its owner.
 */
final class WaitingEvents {

  /** Most events remembered one by one. */
  private static final int MAX = 50_000;

  /** In the order of appends. An append that rolled back leaves positions that appear again. */
  private final Deque<Waiting> events = new ArrayDeque<>();

  private final Map<UUID, Integer> ofKey = new HashMap<>();

  private record Waiting(long position, UUID key) {}

  boolean isFull() {
    return events.size() == MAX;
  }

  boolean has(UUID key) {
    return ofKey.containsKey(key);
  }

  void add(long position, UUID key) {
    events.addLast(new Waiting(position, key));
    ofKey.merge(key, 1, Integer::sum);
  }

  /** The cursor has passed everything up to a position. */
  void passed(long position) {
    while (!events.isEmpty() && events.getFirst().position() <= position) {
      ofKey.computeIfPresent(
          events.removeFirst().key(), (_, count) -> count == 1 ? null : count - 1);
    }
  }

  void clear() {
    events.clear();
    ofKey.clear();
  }
}
