package dev.reserva.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running backbone of this process: its subscriptions and workers, seen and steered from
 * outside.
 */
public interface Backbone {

  /** How each subscription of this process fares. */
  List<SubscriptionStatus> subscriptions();

  /** How each worker of this process fares. */
  List<WorkerStatus> workers();

  /** Lets a worker take its next step now. Cheap; unknown names are ignored. */
  void wake(String worker);

  /**
   * Waits until the subscription has handled what was in the log when the call began.
   *
   * @return whether it has within the time; true at once when this process does not run the
   *     subscription
   */
  boolean awaitCaughtUp(String subscription, Duration timeout);

  /**
   * Lets a subscription hear the log again from just after a position. Its handler must bear
   * repetition.
   *
   * @throws IllegalArgumentException when the position is no longer kept, or beyond the end
   */
  void replay(String subscription, long after);

  /**
   * Counts per minute over the last full minute, and the mean time a message spent in its handler.
   */
  Rates rates();

  /**
   * @param cursor position of the last event handled, parked or passed over
   * @param lag events in the log behind the cursor
   * @param parked events that wait for a retry or behind another of their key
   * @param dead open dead letters
   * @param state {@code running}, {@code probing} (a dependency is down), {@code standby} (another
   *     process runs it) or {@code stopped}
   * @param lastError text of the failure that it is probing for
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
