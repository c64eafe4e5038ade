package dev.reserva.messaging.transport;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.Parking;
import dev.reserva.messaging.delivery.SubscriptionLoop;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What {@link TransportContract} needs of a transport and of the world around it. */
public interface TransportHarness extends AutoCloseable {

  Transactions transactions();

  EventLog log();

  DeadLetters deadLetters();

  Cursors cursors();

  Parking parking();

  Effects effects();

  /** A process that runs one subscription, and shares with others only what is durable. */
  Node node(Subscription subscription);

  /** A process that runs several subscriptions, and publishes what they may handle locally. */
  Member process(Subscription... subscriptions);

  /** How many events took effect in the transactions that published them, for each subscription. */
  long handledLocally();

  /** Lets time pass for leases, retries and runners. */
  void elapse(Duration duration);

  /** What the subscription's record counts. */
  Tally tally(String subscription);

  /** What this transport cannot do; the tests that need it are skipped, and say so. */
  Set<Trait> lacks();

  @Override
  void close();

  /** What not every transport and store can do. */
  enum Trait {
    /** Time passes only when told to, so pauses can be measured to the nanosecond. */
    STOPPED_CLOCK,
    /** The subscription's position is the log's, so that it can be sent back. */
    REPLAY
  }

  /** Where a process may die. */
  enum CrashPoint {
    /** The handler is through; nothing is committed. */
    AFTER_EFFECT,
    /** All is committed; the transport does not know it. */
    AFTER_COMMIT
  }

  /** A process that can die. */
  interface Node {
    SubscriptionLoop loop();

    /** Lets what is in the log arrive, then takes steps until there is nothing to do. */
    void drain();

    /** It dies the next time it comes to this point, and does nothing from there on. */
    void crashAt(CrashPoint point);
  }

  /** A process that publishes, and runs its subscriptions when it is told to. */
  interface Member {
    Transactions transactions();

    /** Lets what is in the log arrive, then lets each subscription do all there is to do. */
    void drain();
  }

  record Tally(long delivered, long handled, long discarded, long parked) {}

  /** The state of a toy service: it remembers what took effect, in the order of the effects. */
  interface Effects {
    void add(UnitOfWork tx, String subscription, Message message);

    List<Effect> of(String subscription);
  }

  record Effect(UUID eventId, UUID key, long number) {}

  /** The end of a process. Not an exception that anybody may handle. */
  final class Crash extends Error {
    public Crash(CrashPoint point) {
      super("the process died " + point);
    }
  }
}
