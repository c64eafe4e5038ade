package dev.reserva.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The running backbone of this process: state and control of its subscriptions and workers. */
public interface Backbone {

  /** The name of the relay among the subscriptions. */
  String RELAY = "relay";

  /**
   * The state of each subscription of this process, and of the relay to a broker if there is one.
   */
  List<SubscriptionStatus> subscriptions();

  /** The state of each queue of a broker that this process consumes. */
  default List<IntakeStatus> intakes() {
    return List.of();
  }

  /**
   * The broker as the relay and the intakes of this process find it; empty if none joins this log
   * to others.
   */
  default Optional<BrokerStatus> broker() {
    return Optional.empty();
  }

  /** The state of each worker of this process. */
  List<WorkerStatus> workers();

  /** Makes a worker take its next step now. Cheap; ignores unknown names. */
  void wake(String worker);

  /**
   * Waits until the subscription has handled every event that was in the log when the call began.
   *
   * @return false when the time ran out; true at once when this process does not run the
   *     subscription
   */
  boolean awaitCaughtUp(String subscription, Duration timeout);

  /**
   * Rewinds a subscription: it handles the log again from the first event after a position. Its
   * handler must tolerate repeated events.
   *
   * @throws IllegalArgumentException when events after the position are no longer kept, or the
   *     position is beyond the log's end
   */
  void replay(String subscription, long after);

  /**
   * Rewinds a subscription in a transaction of the caller, after whose commit it takes effect.
   *
   * @throws IllegalArgumentException as the other method does
   */
  void replay(String subscription, long after, UnitOfWork tx);

  /**
   * Counts per minute over the last full minute, and the mean time a message spent in its handler.
   */
  Rates rates();

  /**
   * @param cursor position of the last event handled, parked or passed over
   * @param lag events in the log behind the cursor
   * @param parked events that wait for a retry or behind an earlier event of their key
   * @param dead open dead letters
   * @param state {@code running}, {@code probing} (a dependency is down), {@code blocked} (the
   *     broker takes no messages for now), {@code standby} (another process runs it) or {@code
   *     stopped}
   * @param lastError text of the failure that made it probe
   */
  record SubscriptionStatus(
      String name,
      long cursor,
      long lag,
      long parked,
      long dead,
      long handled,
      long failed,
      String state,
      @Nullable String lastError) {}

  /**
   * @param answers whether it answered the relay and each intake when it was last asked
   * @param relayedPerMinute events that it has confirmed to this process, over the last full minute
   */
  record BrokerStatus(boolean answers, double relayedPerMinute) {}

  /**
   * @param name {@code intake.} and the queue's name
   * @param imported events that were new, since the start
   * @param repeated events that had been imported before
   * @param unreadable messages that were put aside: they are no events, or the broker gave them up
   * @param lag messages of the queue that are not imported yet; empty when the broker does not tell
   * @param state {@code running}, {@code probing} (the broker or the database is down), {@code
   *     standby} (it has not connected yet) or {@code stopped}
   * @param lastError text of the failure that made it probe
   */
  record IntakeStatus(
      String name,
      long imported,
      long repeated,
      long unreadable,
      OptionalLong lag,
      String state,
      @Nullable String lastError) {}

  /**
   * @param steps steps taken since the start
   * @param failures steps that threw
   */
  record WorkerStatus(
      String name,
      Duration interval,
      long steps,
      long failures,
      @Nullable Instant lastRunAt,
      @Nullable String lastError) {}

  record Rates(
      double publishedPerMinute,
      double consumedPerMinute,
      double failedPerMinute,
      double meanProcessingMillis) {}
}
