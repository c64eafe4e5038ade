package dev.reserva.platform.audit;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Security events that wait to be recorded, in bounded memory.
 *
 * <p>Equal events count as one. Of each action of each kind of actor at most {@value #MAX_PER_LANE}
 * different events wait; further ones are counted by their action alone. So a flood of refused
 * tokens takes no place from log-ins, log-ins of customers take none from those of staff, and an
 * attacker cannot fill the disk: a record for each of them, once a second, is the most.
 */
final class WaitingEvents {

  static final int MAX_PER_LANE = 100;

  /**
   * How often something was seen.
   *
   * @param first when it was seen for the first time
   */
  record Seen(Instant first, int times) {
    Seen and(Seen other) {
      return new Seen(
          first.isBefore(other.first) ? first : other.first,
          (int) Math.min(Integer.MAX_VALUE, (long) times + other.times));
    }
  }

  /** What had waited. */
  record Taken(Map<SecurityEvent, Seen> events, Map<SecurityAction, Seen> dropped) {
    boolean isEmpty() {
      return events.isEmpty() && dropped.isEmpty();
    }
  }

  /** Events that share a limit. */
  private record Lane(SecurityAction action, Actor.Kind kind) {}

  /** Two events are equal but for the request that they come from. */
  private record Key(Actor actor, @Nullable String subject, Changes details) {
    static Key of(SecurityEvent event) {
      return new Key(event.actor(), event.subject(), event.details());
    }
  }

  private static final class Waiting {
    private final SecurityEvent event;
    private Seen seen;

    Waiting(SecurityEvent event, Seen seen) {
      this.event = event;
      this.seen = seen;
    }
  }

  private final AtomicLong dropped = new AtomicLong();

  // Guarded by this.
  private final Map<Lane, Map<Key, Waiting>> lanes = new LinkedHashMap<>();
  private final Map<SecurityAction, Seen> overflow = new EnumMap<>(SecurityAction.class);

  synchronized void add(SecurityEvent event, Instant at) {
    add(event, new Seen(at, 1));
  }

  private void add(SecurityEvent event, Seen seen) {
    Map<Key, Waiting> events =
        lanes.computeIfAbsent(
            new Lane(event.action(), event.actor().kind()), _ -> new LinkedHashMap<>());
    Key key = Key.of(event);
    Waiting known = events.get(key);
    if (known != null) {
      known.seen = known.seen.and(seen);
    } else if (events.size() < MAX_PER_LANE) {
      events.put(key, new Waiting(event, seen));
    } else {
      overflow.merge(event.action(), seen, Seen::and);
      dropped.addAndGet(seen.times());
    }
  }

  /** Takes all that waits, the oldest of each lane first. */
  synchronized Taken take() {
    Map<SecurityEvent, Seen> events = new LinkedHashMap<>();
    lanes
        .values()
        .forEach(waiting ->
            waiting.values().forEach(one -> events.merge(one.event, one.seen, Seen::and)));
    Map<SecurityAction, Seen> counted = new EnumMap<>(SecurityAction.class);
    counted.putAll(overflow);
    lanes.clear();
    overflow.clear();
    return new Taken(events, counted);
  }

  /** Puts back what could not be recorded. It waits before what has come since. */
  synchronized void putBack(Taken taken) {
    Taken since = take();
    taken.events().forEach(this::add);
    since.events().forEach(this::add);
    taken.dropped().forEach((action, seen) -> overflow.merge(action, seen, Seen::and));
    since.dropped().forEach((action, seen) -> overflow.merge(action, seen, Seen::and));
  }

  long dropped() {
    return dropped.get();
  }
}
