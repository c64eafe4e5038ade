package dev.reserva.messaging.transport;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.IntakeLoop;
import dev.reserva.messaging.delivery.Parking;
import dev.reserva.messaging.delivery.RelayLoop;
import dev.reserva.messaging.delivery.SubscriptionLoop;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Two logs joined by a broker: events are published to one, and handled from the other. */
final class JoinedHarness implements TransportHarness {

  /** What the consuming side hears. */
  static final Set<String> HEARD = Set.of(TestFacts.ADDED, TestFacts.ECHOED);

  /** A broker takes longer than this only if something is lost. */
  private static final Duration LONGEST_TRANSFER = Duration.ofSeconds(60);

  private final LogHarness publisher;
  private final LogHarness consumer;
  private final Runnable waiting;
  private final RelayLoop relay;
  private final List<IntakeLoop> intakes;

  /**
   * @param waiting lets the broker work while the loops find nothing to do
   */
  JoinedHarness(
      LogHarness publisher,
      LogHarness consumer,
      Broker publishersBroker,
      Broker consumersBroker,
      Runnable waiting) {
    this.publisher = publisher;
    this.consumer = consumer;
    this.waiting = waiting;
    this.relay = publisher.relay(publishersBroker);
    this.intakes =
        consumersBroker.queues().stream()
            .map(queue -> consumer.intake(queue, consumersBroker))
            .toList();
    intakes.forEach(IntakeLoop::step); // declares the queues
  }

  /** A pause in real time, for a broker that is another process. */
  static void nap() {
    LockSupport.parkNanos(1_000_000);
  }

  /** Brings everything that is published and heard to the consuming side. */
  private void transfer() {
    Set<UUID> heard = publisher.published(HEARD);
    long deadline = System.nanoTime() + LONGEST_TRANSFER.toNanos();
    while (relay.position() < publisher.log().end() || !consumer.imported().containsAll(heard)) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "not transferred: relay=%s at %d of %d, %s; intakes=%s"
                .formatted(
                    relay.state(),
                    relay.position(),
                    publisher.log().end(),
                    relay.lastError(),
                    intakes.stream().map(IntakeLoop::lastError).toList()));
      }
      boolean progress = relay.step();
      for (IntakeLoop intake : intakes) {
        progress |= intake.step();
      }
      if (!progress) {
        waiting.run();
      }
    }
    intakes.forEach(IntakeLoop::step); // takes what came twice
  }

  @Override
  public Transactions transactions() {
    return publisher.transactions();
  }

  @Override
  public Transactions consumingTransactions() {
    return consumer.transactions();
  }

  @Override
  public EventLog log() {
    return consumer.log();
  }

  @Override
  public EventLog publishedLog() {
    return publisher.log();
  }

  @Override
  public DeadLetters deadLetters() {
    return consumer.deadLetters();
  }

  @Override
  public Cursors cursors() {
    return consumer.cursors();
  }

  @Override
  public Parking parking() {
    return consumer.parking();
  }

  @Override
  public Effects effects() {
    return consumer.effects();
  }

  @Override
  public Node node(Subscription subscription) {
    Node node = consumer.node(subscription);
    return new Node() {
      @Override
      public SubscriptionLoop loop() {
        return node.loop();
      }

      @Override
      public void drain() {
        transfer();
        node.drain();
      }

      @Override
      public void crashAt(CrashPoint point) {
        node.crashAt(point);
      }
    };
  }

  @Override
  public Member process(Subscription... subscriptions) {
    throw new UnsupportedOperationException("local delivery is the affair of one log");
  }

  @Override
  public long handledLocally() {
    return consumer.handledLocally();
  }

  @Override
  public void elapse(Duration duration) {
    publisher.elapse(duration);
    consumer.elapse(duration);
  }

  @Override
  public Tally tally(String subscription) {
    return consumer.tally(subscription);
  }

  @Override
  public Set<Trait> lacks() {
    return consumer.lacks();
  }

  @Override
  public void close() {
    intakes.forEach(intake -> {
      intake.stop();
      intake.run(); // closes its connection
    });
    relay.stop();
    relay.run();
    consumer.close();
    publisher.close();
  }
}
