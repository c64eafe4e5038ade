package dev.reserva.messaging.memory;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.Deliveries;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.delivery.DeliveryStore;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.delivery.SubscriptionRunner;
import dev.reserva.messaging.memory.MemoryTransport.Mischief;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * A whole backbone in memory. What a test makes of it is determined by the seed, if it drives its
 * runners step by step on one thread.
 */
public final class MemoryBackbone {

  private final MemoryDatabase database = new MemoryDatabase();
  private final VirtualClock clock = new VirtualClock();
  private final EventCatalogue catalogue;
  private final DeadLetters.Announcer announcer;
  private final Random random;
  private final MemoryEventLog log = new MemoryEventLog(database);
  private final MemoryTransport transport;
  private final MemoryTransactions transactions;
  private final MemoryDeliveryStore store;
  private final MemoryDeadLetters deadLetters;
  private long lastId;

  public MemoryBackbone(
      EventCatalogue catalogue,
      DeadLetters.Announcer announcer,
      DeadLetters.EditPolicy editPolicy,
      Mischief mischief,
      long seed) {
    this.catalogue = catalogue;
    this.announcer = announcer;
    this.random = new Random(seed);
    this.transport = new MemoryTransport(database, log, catalogue, mischief, random.nextLong());
    this.transactions = new MemoryTransactions(database, log, catalogue, ids(), clock, Faults.NONE);
    this.store = new MemoryDeliveryStore(database, catalogue, ids(), clock, announcer, Faults.NONE);
    this.deadLetters =
        new MemoryDeadLetters(database, transactions, clock, editPolicy, announcer, _ -> {});
  }

  /** Rising ids, the same in every run. */
  public Ids ids() {
    return this::nextId;
  }

  private synchronized UUID nextId() {
    lastId++;
    return new UUID(0x7000L, 0x8000_0000_0000_0000L | lastId);
  }

  public MemoryDatabase database() {
    return database;
  }

  public VirtualClock clock() {
    return clock;
  }

  public Transactions transactions() {
    return transactions;
  }

  /** Transactions of a process that dies where the faults say so. */
  public Transactions transactions(Faults faults) {
    return new MemoryTransactions(database, log, catalogue, ids(), clock, faults);
  }

  public EventLog log() {
    return log;
  }

  public DeliveryStore store() {
    return store;
  }

  /** The store as a process uses it that dies where the faults say so. */
  public DeliveryStore store(Faults faults) {
    return new MemoryDeliveryStore(database, catalogue, ids(), clock, announcer, faults);
  }

  public DeadLetters deadLetters() {
    return deadLetters;
  }

  public MemoryTransport transport() {
    return transport;
  }

  /** What the subscription's record counts: delivered, handled, discarded, parked. */
  public long[] tally(String subscription) {
    return store.tally(subscription);
  }

  /** The bookkeeping of a subscription that somebody has claimed; empty before that. */
  public Optional<Deliveries.Account> account(String subscription) {
    return store.account(subscription, log.end());
  }

  /** A runner in a process of its own, which dies where the faults say so. */
  public SubscriptionRunner runner(Subscription subscription, Faults faults) {
    return new SubscriptionRunner(
        subscription,
        transport.asSeenBy(faults),
        transactions(faults),
        store(faults),
        new Random(random.nextLong()),
        new RateMeter(clock::nanoTime),
        new UUID(random.nextLong(), random.nextLong()),
        clock::nanoTime);
  }
}
