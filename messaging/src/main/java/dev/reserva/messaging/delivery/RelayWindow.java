package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * The events of the log that the relay has read and its cursor has not passed, in lanes by key.
 *
 * <p>Only the first event of a lane is sent. The next one follows when it is confirmed, so that
 * whatever becomes of an event, none of its key overtakes it.
 */
final class RelayWindow {

  /** Most events: some hundred milliseconds of sending. */
  static final int MAX_EVENTS = 2_000;

  /** With this many characters of payload it takes no further event. */
  private static final long MAX_CHARS = 16L << 20;

  /** In order of position, up to the last one read; the first one is not confirmed. */
  private final Deque<Slot> slots = new ArrayDeque<>();

  /** Events that are not confirmed. */
  private final Map<UUID, Deque<Slot>> lanes = new HashMap<>();

  /** First events of lanes that may be sent now. */
  private final Deque<Slot> ready = new ArrayDeque<>();

  /** First events of lanes that wait after a failure. */
  private final Queue<Slot> delayed =
      new PriorityQueue<>(Comparator.comparingLong((Slot slot) -> slot.dueAt));

  /** By position, in the order in which they were sent. */
  private final Map<Long, Slot> inFlight = new LinkedHashMap<>();

  private long readUpTo;
  private long chars;
  private int passedConfirmed;

  /** An event in the window. */
  static final class Slot {
    private final Message message;
    private boolean confirmed;
    private int failures;
    private long dueAt;
    private long sentAt;

    private Slot(Message message) {
      this.message = message;
    }

    Message message() {
      return message;
    }

    long position() {
      return message.position();
    }
  }

  /**
   * @param position everything up to here is relayed
   */
  RelayWindow(long position) {
    this.readUpTo = position;
  }

  /** Position up to which the log was read. */
  long readUpTo() {
    return readUpTo;
  }

  /** How many more events it takes. */
  int room() {
    return chars >= MAX_CHARS ? 0 : MAX_EVENTS - slots.size();
  }

  /**
   * Adds what was read from the log.
   *
   * @param upTo position up to which the log was read
   */
  void add(List<Message> messages, long upTo) {
    for (Message message : messages) {
      Slot slot = new Slot(message);
      slots.addLast(slot);
      chars += message.event().data().length();
      Deque<Slot> lane = lanes.computeIfAbsent(message.key(), _ -> new ArrayDeque<>());
      lane.addLast(slot);
      if (lane.size() == 1) {
        ready.addLast(slot);
      }
    }
    readUpTo = upTo;
  }

  /** Takes the next event to be sent; empty when none may be sent now. */
  Optional<Slot> next(long now) {
    Slot due = delayed.peek();
    if (due != null && due.dueAt - now <= 0) {
      return Optional.of(delayed.remove());
    }
    return Optional.ofNullable(ready.pollFirst());
  }

  /** Takes this event if its pause is over. */
  Optional<Slot> take(Slot slot, long now) {
    return slot.dueAt - now <= 0 && (delayed.remove(slot) || ready.remove(slot))
        ? Optional.of(slot)
        : Optional.empty();
  }

  /** An event that was taken is on its way. */
  void sent(Slot slot, long now) {
    slot.sentAt = now;
    inFlight.put(slot.position(), slot);
  }

  /** When the event that has been in flight for longest was sent; empty when none is in flight. */
  OptionalLong oldestSentAt() {
    Iterator<Slot> oldest = inFlight.values().iterator();
    return oldest.hasNext() ? OptionalLong.of(oldest.next().sentAt) : OptionalLong.empty();
  }

  /** An event in flight is confirmed. */
  void confirmed(Slot slot) {
    inFlight.remove(slot.position());
    slot.confirmed = true;
    Deque<Slot> lane = lane(slot);
    lane.removeFirst();
    if (lane.isEmpty()) {
      lanes.remove(slot.message.key());
    } else {
      ready.addLast(lane.getFirst());
    }
    while (!slots.isEmpty() && slots.getFirst().confirmed) {
      chars -= slots.removeFirst().message.event().data().length();
      passedConfirmed++;
    }
  }

  /**
   * An event in flight was not taken. It is sent again after a pause.
   *
   * @param pause by the number of its failures in a row
   */
  void failed(Slot slot, long now, IntFunction<Duration> pause) {
    inFlight.remove(slot.position());
    slot.failures++;
    slot.dueAt = now + pause.apply(slot.failures).toNanos();
    delayed.add(slot);
  }

  /** The event in flight at a position. */
  Slot inFlight(long position) {
    return Objects.requireNonNull(inFlight.get(position), "an event in flight");
  }

  /** The connection is lost: what is in flight has to be sent again. */
  void sendAgain() {
    // Before those that were never sent. Each is the first of its lane, so their order is free.
    List.copyOf(inFlight.values()).reversed().forEach(ready::addFirst);
    inFlight.clear();
  }

  /** Position up to which every event is confirmed, or needs no sending. */
  long floor() {
    return slots.isEmpty() ? readUpTo : slots.getFirst().position() - 1;
  }

  /** How many events up to {@link #floor} were confirmed since {@link #recorded}. */
  int confirmedUpToFloor() {
    return passedConfirmed;
  }

  /** The cursor is at the floor. */
  void recorded() {
    passedConfirmed = 0;
  }

  /** Whether an event waits after a failure. */
  boolean hasDelayed() {
    return !delayed.isEmpty();
  }

  /** How long until a pause ends; empty when no event waits after a failure. */
  Optional<Duration> untilDue(long now) {
    return Optional.ofNullable(delayed.peek()).map(slot -> Duration.ofNanos(slot.dueAt - now));
  }

  /** How long until the pause of this event ends; empty when it does not wait after a failure. */
  Optional<Duration> untilDue(Slot slot, long now) {
    return delayed.contains(slot)
        ? Optional.of(Duration.ofNanos(slot.dueAt - now))
        : Optional.empty();
  }

  private Deque<Slot> lane(Slot slot) {
    return Objects.requireNonNull(lanes.get(slot.message.key()), "the lane of an event");
  }
}
