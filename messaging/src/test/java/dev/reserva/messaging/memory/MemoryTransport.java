package dev.reserva.messaging.memory;

import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog.Entry;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.transport.Consumer;
import dev.reserva.messaging.transport.LocalFlag;
import dev.reserva.messaging.transport.Passed;
import dev.reserva.messaging.transport.Signal;
import dev.reserva.messaging.transport.StartingPoint;
import dev.reserva.messaging.transport.Transport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker in memory that delivers at least once and in order per key. Its seed decides which
 * messages it delays, repeats and interleaves. It keeps what was acknowledged; an inbox in the
 * consumer's database keeps what took effect.
 *
 * <p>If one thread makes the same calls with the same seed, the results are the same.
 */
public final class MemoryTransport {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryTransport.class);

  private final MemoryDatabase database;
  private final MemoryEventLog log;
  private final EventCatalogue catalogue;
  private final Disorder disorder;
  private final Random random;

  /** The positions acknowledged, by subscription. They outlive consumers. */
  private final Map<String, Acknowledged> acknowledged = new HashMap<>();

  private final List<MemoryConsumer> consumers = new CopyOnWriteArrayList<>();

  /**
   * @param delay share of the keys with waiting messages that a delivery leaves out
   * @param repeat share of the messages that are followed by a repeated one
   * @param mix whether the messages of different keys are interleaved
   */
  public record Disorder(double delay, double repeat, boolean mix) {
    public static final Disorder NONE = new Disorder(0, 0, false);
  }

  public MemoryTransport(
      MemoryDatabase database,
      MemoryEventLog log,
      EventCatalogue catalogue,
      Disorder disorder,
      long seed) {
    this.database = database;
    this.log = log;
    this.catalogue = catalogue;
    this.disorder = disorder;
    this.random = new Random(seed);
    LOG.debug("memory transport: seed={} disorder={}", seed, disorder);
    log.onGrowth(() -> consumers.forEach(MemoryConsumer::wake));
  }

  /**
   * The transport for a process that can die.
   *
   * @param local receives the end of the log at each poll
   */
  public Transport asSeenBy(Faults faults, LocalDelivery local) {
    return (subscription, start) -> {
      MemoryConsumer consumer = new MemoryConsumer(subscription, start, faults, local);
      consumers.add(consumer);
      return consumer;
    };
  }

  /** How many events the subscription has not acknowledged yet. */
  public synchronized long outstanding(Subscription subscription) {
    Acknowledged done = acknowledged(subscription);
    LocalFlag flag = MemoryCursors.flag(database, subscription.name());
    return log.after(done.floor).stream()
        .filter(entry -> subscription.types().contains(entry.event().type()))
        .filter(entry -> !done.above.contains(entry.position()))
        .filter(entry -> !flag.marks(entry.position(), log.flags(entry.position())))
        .count();
  }

  private Acknowledged acknowledged(Subscription subscription) {
    return acknowledged.computeIfAbsent(subscription.name(), _ -> new Acknowledged());
  }

  private static final class Acknowledged {
    /** Everything up to here is acknowledged, or of a type that is not subscribed to. */
    private long floor;

    private final Set<Long> above = new HashSet<>();
  }

  private final class MemoryConsumer implements Consumer {

    private final Subscription subscription;
    private final LocalFlag flag;
    private final Faults faults;
    private final LocalDelivery local;
    private final Signal signal = new Signal();
    private final MemoryTable<String, Boolean> inbox = database.table("inbox");
    private final Set<Long> delivered = new HashSet<>();

    /** Events handled locally up to the one position are passed for good, to the other once. */
    private long acknowledgedTo;

    private long passedTo;

    /** Everything that this consumer has delivered; it may be repeated. */
    private final List<Message> history = new ArrayList<>();

    MemoryConsumer(
        Subscription subscription, StartingPoint start, Faults faults, LocalDelivery local) {
      this.subscription = subscription;
      this.flag = start.flag();
      this.faults = faults;
      this.local = local;
      this.acknowledgedTo = start.position();
      this.passedTo = start.position();
    }

    @Override
    public Delivery poll(int max) {
      faults.at(Faults.Point.CALL);
      local.logReaches(log.end());
      synchronized (MemoryTransport.this) {
        Map<UUID, Deque<Message>> waiting = waiting();
        waiting.keySet().removeIf(_ -> random.nextDouble() < disorder.delay());
        List<Message> found = new ArrayList<>();
        while (found.size() < max && !waiting.isEmpty()) {
          UUID key = nextKey(waiting);
          Deque<Message> ofKey = Objects.requireNonNull(waiting.get(key), "a waiting key");
          Message message = ofKey.removeFirst();
          if (ofKey.isEmpty()) {
            waiting.remove(key);
          }
          found.add(message);
          delivered.add(message.position());
          history.add(message);
          if (found.size() < max && random.nextDouble() < disorder.repeat()) {
            found.add(history.get(random.nextInt(history.size())));
          }
        }
        return new Delivery(found, upTo(), passed());
      }
    }

    private Passed passed() {
      Passed.Builder passed = new Passed.Builder();
      for (Entry entry : log.after(passedTo)) {
        if (wants(entry) && isHandledLocally(entry)) {
          passed.add(entry.position(), 1);
        }
        passedTo = entry.position();
      }
      return passed.build();
    }

    private boolean wants(Entry entry) {
      return subscription.types().contains(entry.event().type());
    }

    private boolean isHandledLocally(Entry entry) {
      return flag.marks(entry.position(), log.flags(entry.position()));
    }

    /** Events neither acknowledged nor delivered, in order per key. */
    private Map<UUID, Deque<Message>> waiting() {
      Acknowledged done = acknowledged(subscription);
      Map<UUID, Deque<Message>> waiting = new LinkedHashMap<>();
      boolean contiguous = true;
      for (Entry entry : log.after(done.floor)) {
        boolean wanted = wants(entry) && !isHandledLocally(entry);
        if (wanted && !done.above.contains(entry.position())) {
          contiguous = false;
          if (!delivered.contains(entry.position())) {
            waiting
                .computeIfAbsent(entry.event().key(), _ -> new ArrayDeque<>())
                .add(new Message(entry.position(), entry.event(), catalogue, null));
          }
        } else if (contiguous) {
          done.floor = entry.position();
          done.above.remove(entry.position());
        }
      }
      return waiting;
    }

    private UUID nextKey(Map<UUID, Deque<Message>> waiting) {
      if (disorder.mix()) {
        return waiting.keySet().stream()
            .skip(random.nextInt(waiting.size()))
            .findFirst()
            .orElseThrow();
      }
      return waiting.entrySet().stream()
          .min(
              java.util.Comparator.comparingLong(
                  (Map.Entry<UUID, Deque<Message>> e) -> e.getValue().getFirst().position()))
          .orElseThrow()
          .getKey();
    }

    private long upTo() {
      return waiting().values().stream()
              .mapToLong(messages -> messages.getFirst().position())
              .min()
              .orElse(log.end() + 1)
          - 1;
    }

    @Override
    public List<Message> fresh(UnitOfWork tx, List<Message> messages) {
      List<Message> fresh = new ArrayList<>();
      for (Message message : messages) {
        String entry = subscription.name() + "/" + message.event().id();
        if (inbox.get(entry).isEmpty()) {
          inbox.put(entry, true);
          fresh.add(message);
        }
      }
      return fresh;
    }

    @Override
    public void acknowledge(Delivery delivery) {
      acknowledgedTo = Math.max(acknowledgedTo, delivery.upTo());
      if (delivery.messages().isEmpty()) {
        return;
      }
      faults.at(Faults.Point.ACKNOWLEDGE);
      synchronized (MemoryTransport.this) {
        Acknowledged done = acknowledged(subscription);
        delivery.messages().stream()
            .map(Message::position)
            .filter(position -> position > done.floor)
            .forEach(done.above::add);
      }
    }

    @Override
    public long passedTo() {
      return acknowledgedTo;
    }

    @Override
    public void redeliver() {
      synchronized (MemoryTransport.this) {
        passedTo = acknowledgedTo;
        delivered.clear();
        history.clear(); // otherwise a repeated message could overtake an earlier one
      }
    }

    @Override
    public void await(Duration timeout) throws InterruptedException {
      signal.await(timeout);
    }

    @Override
    public void wake() {
      signal.raise();
    }

    @Override
    public void close() {
      consumers.remove(this);
    }
  }
}
