package dev.reserva.messaging.memory;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.BrokerConsumer;
import dev.reserva.messaging.transport.BrokerMessage;
import dev.reserva.messaging.transport.BrokerPublisher;
import dev.reserva.messaging.transport.BrokerPublisher.Outcome;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A broker in memory with quorum queues of a single active consumer. Tests plant its faults, or let
 * a seed decide about them.
 */
public final class MemoryBroker {

  private final Random random;
  private final double faultRate;
  private final Map<Fault, Integer> planted = new EnumMap<>(Fault.class);
  private final Map<Fault, Integer> fired = new EnumMap<>(Fault.class);
  private final Map<String, MemoryQueue> queues = new LinkedHashMap<>();
  private final Set<UUID> remembered = new HashSet<>();
  private final List<Link> links = new ArrayList<>();
  private Optional<String> blocked = Optional.empty();
  private boolean down;
  private long lastTag;

  /** What can go wrong with a message. */
  public enum Fault {
    /** The connection breaks before the broker has the message. */
    CUT_BEFORE_STORE,
    /** The connection breaks after the broker has stored it. */
    CUT_AFTER_STORE,
    /** The broker stores it and never says so. */
    LOSE_CONFIRM,
    /** The confirm comes later than those of messages that were sent later. */
    DELAY_CONFIRM,
    /** The broker refuses it. */
    REJECT,
    /** The broker stores it twice. */
    DUPLICATE,
    /** The connection breaks when messages are delivered. */
    CUT_AFTER_DELIVERY,
    /** The connection breaks before the broker learns that messages are settled. */
    CUT_BEFORE_SETTLE;

    private static final List<Fault> OF_SENDING =
        List.of(CUT_BEFORE_STORE, CUT_AFTER_STORE, DELAY_CONFIRM, REJECT, DUPLICATE);
  }

  private record Stored(long tag, Bytes body, Map<String, String> headers) {}

  private static final class MemoryQueue {
    private final Set<String> types = new HashSet<>();
    private final Deque<Stored> waiting = new ArrayDeque<>();
    private final Deque<Stored> unsettled = new ArrayDeque<>();
    private final List<Bytes> deadLetters = new ArrayList<>();
    private @Nullable MemoryConsumer active;
  }

  /** A broker whose faults are planted. */
  public MemoryBroker() {
    this(0, 0);
  }

  /**
   * @param faultRate share of the messages that something happens to
   */
  public MemoryBroker(double faultRate, long seed) {
    this.faultRate = faultRate;
    this.random = new Random(seed);
  }

  /** The fault happens the next times that it can. */
  public synchronized void plant(Fault fault, int times) {
    planted.merge(fault, times, Integer::sum);
  }

  /** How often the fault has happened. */
  public synchronized int fired(Fault fault) {
    return fired.getOrDefault(fault, 0);
  }

  /** How often anything has happened. */
  public synchronized int fired() {
    return fired.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Takes no messages until {@link #unblock}. */
  public synchronized void block(String reason) {
    blocked = Optional.of(reason);
    links.forEach(link -> link.signal.raise());
  }

  public synchronized void unblock() {
    blocked = Optional.empty();
    links.forEach(link -> link.signal.raise());
  }

  /** Breaks all connections, and refuses new ones until {@link #start}. */
  public synchronized void stop() {
    down = true;
    cut();
  }

  public synchronized void start() {
    down = false;
  }

  /** Loses all that it has. */
  public synchronized void empty() {
    cut();
    queues.clear();
    remembered.clear();
  }

  public synchronized void unbind(String queue, String type) {
    queue(queue).types.remove(type);
  }

  public synchronized void bind(String queue, String type) {
    queue(queue).types.add(type);
  }

  /** Puts a message into a queue, as a foreign program could. */
  public synchronized void put(String queue, Bytes body, Map<String, String> headers) {
    queue(queue).waiting.addLast(new Stored(++lastTag, body, headers));
  }

  /** The bodies in a queue, those that are delivered and not settled first. */
  public synchronized List<Bytes> bodies(String queue) {
    List<Bytes> bodies = new ArrayList<>();
    queue(queue).unsettled.forEach(stored -> bodies.add(stored.body()));
    queue(queue).waiting.forEach(stored -> bodies.add(stored.body()));
    return bodies;
  }

  /** The bodies in the dead-letter queue of a queue. */
  public synchronized List<Bytes> deadLetters(String queue) {
    return List.copyOf(queue(queue).deadLetters);
  }

  private MemoryQueue queue(String name) {
    return Objects.requireNonNull(queues.get(name), () -> "no queue " + name);
  }

  /**
   * The broker as a process sees it.
   *
   * @param declared the queues that the process consumes, with their types; each is declared when
   *     the process connects
   * @param heardElsewhere types for which a missing queue is an error
   */
  public Broker asSeenBy(Map<String, Set<String>> declared, Predicate<String> heardElsewhere) {
    return new Broker() {
      @Override
      public List<String> queues() {
        return List.copyOf(declared.keySet());
      }

      @Override
      public BrokerPublisher openPublisher(Signal changed) {
        return connect(new MemoryPublisher(heardElsewhere, changed), declared);
      }

      @Override
      public BrokerConsumer openConsumer(String queue, Signal arrived) {
        return connect(new MemoryConsumer(queue, arrived), declared);
      }
    };
  }

  private synchronized <L extends Link> L connect(L link, Map<String, Set<String>> declared) {
    if (down) {
      throw lost();
    }
    declared.forEach(
        (name, types) -> queues.computeIfAbsent(name, _ -> new MemoryQueue()).types.addAll(types));
    links.add(link);
    return link;
  }

  /** Breaks all connections. What was not settled is delivered again, in its order. */
  public synchronized void cut() {
    links.forEach(link -> {
      link.lost = true;
      link.signal.raise();
    });
    links.clear();
    queues
        .values()
        .forEach(queue -> {
          queue.unsettled.descendingIterator().forEachRemaining(queue.waiting::addFirst);
          queue.unsettled.clear();
          queue.active = null;
        });
  }

  private boolean happens(Fault fault) {
    boolean happens =
        planted.getOrDefault(fault, 0) > 0
            || (faultRate > 0
                && Fault.OF_SENDING.contains(fault)
                && random.nextDouble() < faultRate);
    if (happens) {
      planted.computeIfPresent(fault, (_, times) -> times == 1 ? null : times - 1);
      fired.merge(fault, 1, Integer::sum);
    }
    return happens;
  }

  private static BrokerUnavailable lost() {
    return new BrokerUnavailable("the connection is lost", new IllegalStateException());
  }

  /** One end of a connection. */
  private class Link {
    final Signal signal;
    boolean lost;

    Link(Signal signal) {
      this.signal = signal;
    }

    void requireOpen() {
      if (lost) {
        throw lost();
      }
    }

    void cutIf(Fault fault) {
      if (happens(fault)) {
        cut();
        throw lost();
      }
    }
  }

  private final class MemoryPublisher extends Link implements BrokerPublisher {
    private final Predicate<String> heardElsewhere;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Outcome> delayed = new ArrayList<>();

    MemoryPublisher(Predicate<String> heardElsewhere, Signal changed) {
      super(changed);
      this.heardElsewhere = heardElsewhere;
    }

    @Override
    public void send(long number, BrokerMessage message) {
      synchronized (MemoryBroker.this) {
        requireOpen();
        cutIf(Fault.CUT_BEFORE_STORE);
        if (happens(Fault.REJECT)) {
          outcomes.add(new Outcome.Rejected(number));
          return;
        }
        boolean routed = store(message);
        if (routed && happens(Fault.DUPLICATE)) {
          store(message);
        }
        cutIf(Fault.CUT_AFTER_STORE);
        String type = message.event().type();
        if (!routed && heardElsewhere.test(type)) {
          outcomes.add(new Outcome.Unroutable(number, "no queue is bound to " + type));
        } else if (happens(Fault.DELAY_CONFIRM)) {
          delayed.add(new Outcome.Confirmed(number));
        } else if (!happens(Fault.LOSE_CONFIRM)) {
          outcomes.add(new Outcome.Confirmed(number));
        }
        signal.raise();
      }
    }

    private boolean store(BrokerMessage message) {
      UUID log = message.log();
      Map<String, String> headers = new HashMap<>(Map.of(BrokerMessage.LOG, log.toString()));
      boolean routed = false;
      for (MemoryQueue queue : queues.values()) {
        if (queue.types.contains(message.event().type())) {
          queue.waiting.addLast(new Stored(++lastTag, message.body(), headers));
          routed = true;
          MemoryConsumer consumer = queue.active;
          if (consumer != null) {
            consumer.signal.raise();
          }
        }
      }
      return routed;
    }

    @Override
    public List<Outcome> outcomes() {
      synchronized (MemoryBroker.this) {
        if (blocked.isPresent()) {
          return List.of(); // it does not read what was sent
        }
        List<Outcome> taken = List.copyOf(outcomes);
        outcomes.clear();
        outcomes.addAll(delayed); // those are taken the next time
        delayed.clear();
        return taken;
      }
    }

    @Override
    public boolean remembers(UUID log) {
      synchronized (MemoryBroker.this) {
        requireOpen();
        return remembered.contains(log);
      }
    }

    @Override
    public void remember(UUID log) {
      synchronized (MemoryBroker.this) {
        requireOpen();
        remembered.add(log);
      }
    }

    @Override
    public Optional<String> blocked() {
      synchronized (MemoryBroker.this) {
        requireOpen();
        return blocked;
      }
    }

    @Override
    public void close() {
      synchronized (MemoryBroker.this) {
        lost = true;
        links.remove(this);
      }
    }
  }

  private final class MemoryConsumer extends Link implements BrokerConsumer {
    private final String name;

    MemoryConsumer(String name, Signal arrived) {
      super(arrived);
      this.name = name;
    }

    @Override
    public List<Received> poll(int max) {
      synchronized (MemoryBroker.this) {
        requireOpen();
        MemoryQueue queue = queue(name);
        if (queue.active == null) {
          queue.active = this;
        }
        List<Received> polled = new ArrayList<>();
        while (queue.active == this && polled.size() < max && !queue.waiting.isEmpty()) {
          Stored next = queue.waiting.removeFirst();
          queue.unsettled.addLast(next);
          polled.add(new Received(next.tag(), next.body(), next.headers()));
        }
        if (!polled.isEmpty()) {
          cutIf(Fault.CUT_AFTER_DELIVERY);
        }
        return polled;
      }
    }

    @Override
    public void settle(List<Received> polled, List<Received> unreadable) {
      synchronized (MemoryBroker.this) {
        requireOpen();
        cutIf(Fault.CUT_BEFORE_SETTLE);
        MemoryQueue queue = queue(name);
        for (Received message : polled) {
          Stored oldest = queue.unsettled.removeFirst();
          if (oldest.tag() != message.tag()) {
            throw new IllegalArgumentException(
                "settled %d, but the oldest is %d".formatted(message.tag(), oldest.tag()));
          }
        }
        unreadable.forEach(message -> queue.deadLetters.add(message.body()));
      }
    }

    @Override
    public void close() {
      synchronized (MemoryBroker.this) {
        MemoryQueue queue = queues.get(name);
        if (!lost && queue != null && queue.active == this) {
          queue.unsettled.descendingIterator().forEachRemaining(queue.waiting::addFirst);
          queue.unsettled.clear();
          queue.active = null;
        }
        lost = true;
        links.remove(this);
      }
    }
  }
}
