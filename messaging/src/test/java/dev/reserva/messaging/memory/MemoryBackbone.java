package dev.reserva.messaging.memory;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.Deliveries;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.OperatorCommands;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.delivery.BrokerParts;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.EventReader;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.delivery.LoopParts;
import dev.reserva.messaging.delivery.Parking;
import dev.reserva.messaging.delivery.PlainMessages;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.delivery.SubscriptionLoop;
import dev.reserva.messaging.memory.MemoryTransport.Disorder;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.LocalFlag;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * A whole backbone in memory. If a test drives its loops step by step on one thread, the seed
 * determines the result.
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
  private final MemoryCursors cursors;
  private final MemoryParking parking;
  private final MemoryDeadLetters deadLetters;
  private final Source source;
  private long lastId;

  /** Where subscriptions get their events from. */
  private enum Source {
    TRANSPORT,
    LOG
  }

  public MemoryBackbone(
      EventCatalogue catalogue,
      DeadLetters.Announcer announcer,
      DeadLetters.EditPolicy editPolicy,
      Disorder disorder,
      long seed) {
    this(catalogue, announcer, editPolicy, disorder, seed, Source.TRANSPORT, 0);
  }

  /**
   * A backbone whose subscriptions read its log, to be joined to others by a broker.
   *
   * @param number tells its ids from those of the others, 0..1,000
   */
  public static MemoryBackbone joined(
      EventCatalogue catalogue,
      DeadLetters.Announcer announcer,
      DeadLetters.EditPolicy editPolicy,
      long seed,
      int number) {
    return new MemoryBackbone(
        catalogue,
        announcer,
        editPolicy,
        Disorder.NONE,
        seed,
        Source.LOG,
        number * 1_000_000_000_000L);
  }

  private MemoryBackbone(
      EventCatalogue catalogue,
      DeadLetters.Announcer announcer,
      DeadLetters.EditPolicy editPolicy,
      Disorder disorder,
      long seed,
      Source source,
      long lastId) {
    this.source = source;
    this.lastId = lastId;
    this.catalogue = catalogue;
    this.announcer = announcer;
    this.random = new Random(seed);
    this.transport = new MemoryTransport(database, log, catalogue, disorder, random.nextLong());
    this.transactions = transactions(Faults.NONE, new LocalDelivery(clock::nanoTime));
    this.cursors = new MemoryCursors(database, log, clock, Faults.NONE);
    this.parking = new MemoryParking(database, catalogue, ids(), clock, announcer, Faults.NONE);
    this.deadLetters = new MemoryDeadLetters(database, clock, editPolicy, announcer, _ -> {});
  }

  /** Ascending ids, the same in every run. */
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

  /** Transactions of a process that dies as the faults decide. */
  public MemoryTransactions transactions(Faults faults, LocalDelivery local) {
    return transactions(faults, local, MemoryTransactions.Omission.NOTHING);
  }

  public MemoryTransactions transactions(
      Faults faults, LocalDelivery local, MemoryTransactions.Omission omission) {
    return new MemoryTransactions(database, log, catalogue, ids(), clock, local, faults, omission);
  }

  public MemoryEventLog log() {
    return log;
  }

  public Cursors cursors() {
    return cursors;
  }

  public Parking parking() {
    return parking;
  }

  /** Cursors for a process that dies as the faults decide. */
  public Cursors cursors(Faults faults) {
    return new MemoryCursors(database, log, clock, faults);
  }

  /** Parking for a process that dies as the faults decide. */
  public Parking parking(Faults faults) {
    return new MemoryParking(database, catalogue, ids(), clock, announcer, faults);
  }

  public DeadLetters deadLetters() {
    return deadLetters;
  }

  public OperatorCommands operators() {
    return new OperatorCommands(deadLetters, transactions);
  }

  public MemoryTransport transport() {
    return transport;
  }

  /** The subscription's counters: delivered, handled, discarded, parked. */
  public long[] tally(String subscription) {
    return cursors.tally(subscription);
  }

  /** The counters of a subscription; empty before the first claim. */
  public Optional<Deliveries.Account> account(String subscription) {
    return cursors.account(subscription, log.end());
  }

  /** How many events after a position the subscription handled locally. */
  public long handledLocallyAfter(String subscription, long position) {
    LocalFlag flag = MemoryCursors.flag(database, subscription);
    return log.after(position).stream()
        .filter(entry -> flag.marks(entry.position(), log.flags(entry.position())))
        .count();
  }

  /** The parts that the loops of one process share. The process dies as the faults decide. */
  public LoopParts process(Faults faults) {
    return process(faults, MemoryTransactions.Omission.NOTHING);
  }

  public LoopParts process(Faults faults, MemoryTransactions.Omission omission) {
    LocalDelivery local = new LocalDelivery(clock::nanoTime);
    return new LoopParts(
        switch (source) {
          case TRANSPORT -> transport.asSeenBy(faults, local);
          case LOG -> new MemoryLogTransport(log, catalogue, faults, local);
        },
        transactions(faults, local, omission),
        cursors(faults),
        parking(faults),
        local,
        new Random(random.nextLong()),
        new UUID(random.nextLong(), random.nextLong()),
        clock::nanoTime);
  }

  /**
   * The parts by which a process joins this log to others.
   *
   * @param log the identity of this log
   */
  public BrokerParts brokerParts(Broker broker, UUID log) {
    return new BrokerParts(
        broker,
        new TestEnvelopes(),
        new MemoryPublishedEvents(this.log, catalogue),
        inbox(),
        () -> log,
        new EventReader(new TestEnvelopes(), catalogue, PlainMessages.NONE));
  }

  public MemoryInbox inbox() {
    return new MemoryInbox(database, ids(), clock);
  }

  /** A loop in a process of its own, which dies as the faults decide. */
  public SubscriptionLoop loop(Subscription subscription, Faults faults) {
    return loop(subscription, process(faults));
  }

  public SubscriptionLoop loop(Subscription subscription, LoopParts process) {
    return new SubscriptionLoop(subscription, process, new RateMeter(clock::nanoTime));
  }
}
