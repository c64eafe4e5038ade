package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Local delivery within one run of a transaction, after the work and before the append. Only the
 * transaction's thread uses it.
 */
public final class LocalAttempt implements AutoCloseable {

  private final LocalDelivery delivery;
  private final List<LocalMember> members;
  private final long generation;
  private final LocalDelivery.Limits limits;
  private final LongSupplier nanoTime;
  private final Map<LocalMember, Keys> keys = new HashMap<>();
  private final long mark;
  private int[] flags = new int[16];
  private int handled;

  /** Another event of a reserved key was appended or parked. Guarded by the delivery. */
  private boolean invalid;

  /** The keys that a member may and may not handle, and how much it has handled. */
  private static final class Keys {
    private final Set<UUID> reserved = new HashSet<>();
    private final Set<UUID> refused = new HashSet<>();
    private int events;
    private long nanos;
  }

  /** The events that the transaction has published so far. Handlers add to them. */
  public interface Published {
    List<Event> events();

    /** The event as a handler sees it, before it has a position. */
    Message message(int index);
  }

  /** A handler failed in the publishing transaction, which must roll back. */
  public static final class Failed extends RuntimeException {
    private final Optional<String> subscription;

    private Failed(Optional<String> subscription, Throwable cause) {
      super("local delivery to %s failed".formatted(subscription.orElse("some")), cause);
      this.subscription = subscription;
    }

    /** The subscription whose handler failed; empty when it is unknown. */
    public Optional<String> subscription() {
      return subscription;
    }
  }

  /** The local effects are not valid; the transaction must roll back. */
  public static final class Refused extends RuntimeException {
    public Refused(String message) {
      super(message, null, false, false);
    }
  }

  LocalAttempt(
      LocalDelivery delivery,
      List<LocalMember> members,
      long generation,
      LocalDelivery.Limits limits,
      LongSupplier nanoTime,
      long mark) {
    this.mark = mark;
    this.delivery = delivery;
    this.members = members;
    this.generation = generation;
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /** Whether a handler would be called for one of these events. */
  public boolean concerns(List<Event> events) {
    for (Event event : events) {
      for (LocalMember member : members) {
        if (member.handles(event.type())) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Calls the handlers of published events, then those of the events that handlers publish, until
   * nothing new is published or a limit is reached.
   *
   * @throws Failed when a handler failed
   */
  public void deliver(Published published, UnitOfWork tx) {
    int next = 0;
    for (int round = 0; round < limits.rounds() && next < published.events().size(); round++) {
      int end = published.events().size();
      for (LocalMember member : members) {
        List<Integer> mine = reserve(member, published.events(), next, end);
        for (List<Integer> batch : member.batches(mine)) {
          handle(member, batch, published, tx);
        }
      }
      next = end;
    }
  }

  /** The events that a member may handle: none after an event of the same key that it may not. */
  private List<Integer> reserve(LocalMember member, List<Event> events, int from, int to) {
    List<Integer> mine = new ArrayList<>();
    Keys known = keys.computeIfAbsent(member, _ -> new Keys());
    synchronized (delivery) {
      for (int i = from; i < to; i++) {
        Event event = events.get(i);
        if (!member.handles(event.type()) || known.refused.contains(event.key())) {
          continue;
        }
        if (handled < limits.events() && mayHandle(member, event.key(), known)) {
          mine.add(i);
          handled++;
        } else {
          known.refused.add(event.key());
        }
      }
    }
    return mine;
  }

  private boolean mayHandle(LocalMember member, UUID key, Keys known) {
    if (known.reserved.contains(key)) {
      return true;
    }
    boolean reserved = member.reserve(key, this);
    if (reserved) {
      known.reserved.add(key);
    }
    return reserved;
  }

  private void handle(
      LocalMember member, List<Integer> indexes, Published published, UnitOfWork tx) {
    if (indexes.isEmpty()) {
      return;
    }
    List<Message> batch = indexes.stream().map(published::message).toList();
    long started = nanoTime.getAsLong();
    try {
      member.subscription().handler().handle(batch, tx);
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
        throw error;
      }
      member.failed(e);
      throw new Failed(Optional.of(member.name()), e);
    }
    Keys known = keys.computeIfAbsent(member, _ -> new Keys());
    known.nanos += nanoTime.getAsLong() - started;
    known.events += indexes.size();
    if (flags.length < published.events().size()) {
      flags = Arrays.copyOf(flags, 2 * published.events().size());
    }
    for (int index : indexes) {
      flags[index] |= member.bit();
    }
  }

  /**
   * A statement of the transaction failed, perhaps a local handler's. If the transaction then
   * succeeds without local delivery, a local handler caused the failure: call {@link
   * #openBreakers}.
   */
  public Failed failed(Throwable e) {
    return new Failed(Optional.empty(), e);
  }

  /** Opens the breakers of all subscriptions that handled events in this attempt. */
  public void openBreakers(Throwable e) {
    keys.forEach((member, known) -> {
      if (known.events > 0) {
        member.failed(e);
      }
    });
  }

  /** Whether anything was handled locally. */
  public boolean hasEffects() {
    return keys.values().stream().anyMatch(known -> known.events > 0);
  }

  /** The generation that the head must have; empty when nothing was handled locally. */
  public OptionalLong generation() {
    return hasEffects() ? OptionalLong.of(generation) : OptionalLong.empty();
  }

  /**
   * The flags of events: one bit for each subscription that handled the event.
   *
   * @param indexes the events' indexes among those published
   */
  public int[] flags(int[] indexes) {
    return Arrays.stream(indexes).map(index -> index < flags.length ? flags[index] : 0).toArray();
  }

  /** The log's head has another generation than {@link #generation}. The transaction rolls back. */
  public void outdated() {
    delivery.outdated(generation);
  }

  /** Written at the log's end with the append, so that the next append recognises it. */
  public long mark() {
    return mark;
  }

  /**
   * Records that the transaction's events are appended. Called with the log's head locked.
   *
   * @param end the log's end before the append
   * @param events in the order in which they are appended
   * @param flagged for each of them, the subscriptions that handled it
   * @return whether the transaction may commit; if not, it must roll back and run again without
   *     local delivery
   */
  public boolean appended(LocalDelivery.Appended end, List<Event> events, int[] flagged) {
    return delivery.appended(this, end, events, flagged);
  }

  /** The transaction has committed: counts what was handled. */
  public void committed() {
    keys.forEach((member, known) -> {
      if (known.events > 0) {
        member.handled(known.events, known.nanos);
        delivery.countHandled(known.events);
      }
    });
  }

  /** Releases the reserved keys. Called when the transaction has ended. */
  @Override
  public void close() {
    synchronized (delivery) {
      keys.forEach((member, known) -> known.reserved.forEach(key -> member.release(key, this)));
    }
  }

  void invalidate() {
    invalid = true;
  }

  boolean isValid() {
    return !invalid;
  }
}
