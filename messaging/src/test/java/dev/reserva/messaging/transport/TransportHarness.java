package dev.reserva.messaging.transport;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.OperatorCommands;
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

/** What {@link TransportContract} needs: a transport, a store and a clock. */
public interface TransportHarness extends AutoCloseable {

  /** Transactions that publish. */
  Transactions transactions();

  /** Transactions of the database in which events are handled. */
  default Transactions consumingTransactions() {
    return transactions();
  }

  /** The log from which events are handled. */
  EventLog log();

  /** The log to which events are published. */
  default EventLog publishedLog() {
    return log();
  }

  DeadLetters deadLetters();

  default OperatorCommands operators() {
    return new OperatorCommands(deadLetters(), consumingTransactions());
  }

  Cursors cursors();

  Parking parking();

  Effects effects();

  /** A process that runs one subscription. It shares only durable state with other processes. */
  Node node(Subscription subscription);

  /**
   * A process that runs several subscriptions, and publishes events that they may handle locally.
   */
  Member process(Subscription... subscriptions);

  /** How many events were handled locally, counted once for each subscription. */
  long handledLocally();

  /** Lets time pass for leases, retries and loops. */
  void elapse(Duration duration);

  /** The subscription's counters. */
  Tally tally(String subscription);

  /** Traits that this transport lacks. Tests that need one are skipped, and report it. */
  Set<Trait> lacks();

  @Override
  void close();

  /** An ability that not every transport and store has. */
  enum Trait {
    /** Time passes only in {@link #elapse}, so tests can check pauses to the nanosecond. */
    STOPPED_CLOCK,
    /** The subscription's cursor is a position of the log, so that it can be rewound. */
    REPLAY
  }

  /** Where a process may die. */
  enum CrashPoint {
    /** The handler has run; nothing is committed. */
    AFTER_EFFECT,
    /** Everything is committed; nothing is acknowledged to the transport. */
    AFTER_COMMIT
  }

  /** A process that can die. */
  interface Node {
    SubscriptionLoop loop();

    /** Delivers what is in the log, then steps until there is nothing to do. */
    void drain();

    /** Makes the process die the next time it reaches this point. It then does nothing more. */
    void crashAt(CrashPoint point);
  }

  /** A process that publishes, and runs its subscriptions only in {@link #drain}. */
  interface Member {
    Transactions transactions();

    /** Delivers what is in the log, then runs each subscription until there is nothing to do. */
    void drain();
  }

  record Tally(long delivered, long handled, long discarded, long parked) {}

  /** The state of a toy service: the effects of events, in their order. */
  interface Effects {
    void add(UnitOfWork tx, String subscription, Message message);

    List<Effect> of(String subscription);
  }

  record Effect(UUID eventId, UUID key, long number) {}

  /** The death of a process. It is an error, so that no handler of exceptions catches it. */
  final class Crash extends Error {
    public Crash(CrashPoint point) {
      super("the process died " + point);
    }
  }
}
