package dev.reserva.messaging.transport;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.IntakeLoop;
import dev.reserva.messaging.delivery.LoopParts;
import dev.reserva.messaging.delivery.LoopState;
import dev.reserva.messaging.delivery.Parking;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.delivery.RelayLoop;
import dev.reserva.messaging.delivery.SubscriptionLoop;
import dev.reserva.messaging.memory.Faults;
import dev.reserva.messaging.memory.MemoryBackbone;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTransport.Disorder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A backbone in memory. */
final class MemoryHarness implements LogHarness {

  /** Most idle steps in a row while a delayed message waits. */
  private static final int MAX_IDLE_STEPS = 100;

  private final MemoryBackbone backbone;
  private final UUID log;
  private final Set<Trait> lacks;

  /** A backbone whose subscriptions use the transport in memory. */
  MemoryHarness(Disorder disorder, long seed) {
    EventCatalogue catalogue = TestFacts.catalogue();
    backbone =
        new MemoryBackbone(
            catalogue, TestFacts.announcer(), TestFacts.editPolicy(catalogue), disorder, seed);
    log = new UUID(0, 0);
    lacks = Set.of(Trait.REPLAY);
  }

  private MemoryHarness(int number) {
    EventCatalogue catalogue = TestFacts.catalogue();
    backbone =
        MemoryBackbone.joined(
            catalogue, TestFacts.announcer(), TestFacts.editPolicy(catalogue), number, number);
    log = new UUID(0, number);
    lacks = Set.of();
  }

  /**
   * A backbone whose subscriptions read its log.
   *
   * @param number tells it from the others that a broker joins
   */
  static MemoryHarness joined(int number) {
    return new MemoryHarness(number);
  }

  @Override
  public Transactions transactions() {
    return backbone.transactions();
  }

  @Override
  public EventLog log() {
    return backbone.log();
  }

  @Override
  public DeadLetters deadLetters() {
    return backbone.deadLetters();
  }

  @Override
  public Cursors cursors() {
    return backbone.cursors();
  }

  @Override
  public Parking parking() {
    return backbone.parking();
  }

  @Override
  public Node node(Subscription subscription) {
    CrashFaults faults = new CrashFaults();
    SubscriptionLoop loop = backbone.loop(subscription, faults);
    return new Node() {
      @Override
      public SubscriptionLoop loop() {
        return loop;
      }

      @Override
      public void drain() {
        int idle = 0;
        do {
          loop.wake();
          idle = loop.step() ? 0 : idle + 1;
        } while (idle == 0
            || (idle < MAX_IDLE_STEPS
                && loop.state() == LoopState.RUNNING
                && isOutstanding(subscription, loop)));
      }

      @Override
      public void crashAt(CrashPoint point) {
        faults.next = point;
      }
    };
  }

  private boolean isOutstanding(Subscription subscription, SubscriptionLoop loop) {
    return lacks.contains(Trait.REPLAY)
        ? backbone.transport().outstanding(subscription) > 0
        : loop.position() < backbone.log().end();
  }

  @Override
  public RelayLoop relay(Broker broker) {
    return new RelayLoop(
        backbone.brokerParts(broker, log),
        backbone.process(Faults.NONE),
        new RateMeter(backbone.clock()::nanoTime));
  }

  @Override
  public IntakeLoop intake(String queue, Broker broker) {
    return new IntakeLoop(queue, backbone.brokerParts(broker, log), backbone.process(Faults.NONE));
  }

  @Override
  public Set<UUID> imported() {
    return backbone.log().imported();
  }

  @Override
  public Set<UUID> published(Set<String> types) {
    return backbone.log().search(EventLog.Filter.ANY, 0, Integer.MAX_VALUE).entries().stream()
        .map(EventLog.Entry::event)
        .filter(event -> types.contains(event.type()))
        .map(Event::id)
        .collect(Collectors.toSet());
  }

  @Override
  public Member process(Subscription... subscriptions) {
    LoopParts parts = backbone.process(Faults.NONE);
    List<SubscriptionLoop> loops =
        Stream.of(subscriptions).map(each -> backbone.loop(each, parts)).toList();
    return new Member() {
      @Override
      public Transactions transactions() {
        return parts.transactions();
      }

      @Override
      public void drain() {
        // Twice, because one subscription can handle what another one publishes.
        for (int round = 0; round < 2; round++) {
          for (SubscriptionLoop loop : loops) {
            loop.wake();
            for (int idle = 0; idle < MAX_IDLE_STEPS; idle++) {
              idle = loop.step() ? -1 : idle;
            }
          }
        }
      }
    };
  }

  @Override
  public long handledLocally() {
    return backbone.log().handledLocally();
  }

  private static final class CrashFaults implements Faults {
    private @Nullable CrashPoint next;
    private @Nullable Crash crash;

    @Override
    public void at(Point point) {
      if (crash != null) {
        throw crash;
      }
      if ((point == Point.EFFECT && next == CrashPoint.AFTER_EFFECT)
          || (point == Point.COMMIT && next == CrashPoint.AFTER_COMMIT)) {
        crash = new Crash(next);
        throw crash;
      }
    }
  }

  @Override
  public Effects effects() {
    return new Effects() {
      @Override
      public void add(UnitOfWork tx, String subscription, Message message) {
        var effects = tx.resource(MemoryDatabase.class).<Long, Effect>table(subscription);
        effects.put(
            (long) effects.size(),
            new Effect(message.event().id(), message.key(), message.payload(Added.class).number()));
      }

      @Override
      public List<Effect> of(String subscription) {
        return backbone.database().<Long, Effect>table(subscription).values();
      }
    };
  }

  @Override
  public void elapse(Duration duration) {
    backbone.clock().elapse(duration);
  }

  @Override
  public Tally tally(String subscription) {
    long[] tally = backbone.tally(subscription);
    return new Tally(tally[0], tally[1], tally[2], tally[3]);
  }

  @Override
  public Set<Trait> lacks() {
    return lacks;
  }

  @Override
  public void close() {
    // Nothing to close.
  }
}
