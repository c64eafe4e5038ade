package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Bisection;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.delivery.Cursors.Progress;
import dev.reserva.messaging.delivery.Parking.Failure;
import dev.reserva.messaging.delivery.Parking.Parked;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Retries parked events when they are due, in order within each key. While retries fail, it makes
 * only a few at a time, so that new events do not wait for them.
 */
final class RetryParked {

  /**
   * Longest time without a look for due events while any are parked: an operator's command in
   * another process makes one due without a signal to this one.
   */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /**
   * Most retries at a time after one has failed. Each failure costs three transactions, and new
   * events wait meanwhile.
   */
  private static final int MAX_AFTER_FAILURE = 32;

  private final Subscription subscription;
  private final LoopParts parts;
  private final Ownership ownership;
  private final RateMeter meter;

  private boolean anyParked;
  private boolean cautious;
  private long dueAt;
  private volatile boolean look;

  RetryParked(Subscription subscription, LoopParts parts, Ownership ownership, RateMeter meter) {
    this.subscription = subscription;
    this.parts = parts;
    this.ownership = ownership;
    this.meter = meter;
  }

  /** The subscription has been claimed. */
  void begin(boolean parked) {
    anyParked = parked;
    cautious = parked;
    look = true;
  }

  boolean anyParked() {
    return anyParked;
  }

  /** Looks for due events at the next step. Any thread may call it. */
  void lookSoon() {
    look = true;
  }

  /** How long the loop may wait at most. */
  Duration untilDue() {
    return Duration.ofNanos(Math.max(1_000_000, dueAt - parts.nanoTime().getAsLong()));
  }

  /** An event has failed and is parked. */
  void parked(Message message, Failure failure) {
    anyParked = true;
    cautious = true;
    ownership.parked(message.key());
    Duration retryIn = failure.retryIn();
    if (retryIn != null && parts.nanoTime().getAsLong() + retryIn.toNanos() - dueAt < 0) {
      dueIn(retryIn);
    }
  }

  /**
   * Retries the events that are due.
   *
   * @return whether any were due
   */
  boolean retryDue() {
    if (!anyParked || (!look && parts.nanoTime().getAsLong() - dueAt < 0)) {
      return false;
    }
    look = false;
    String name = subscription.name();
    int most =
        cautious ? Math.min(MAX_AFTER_FAILURE, subscription.maxBatch()) : subscription.maxBatch();
    List<Parked> due = parts.parking().due(name, most);
    if (!due.isEmpty()) {
      Set<UUID> failedKeys = new HashSet<>();
      Bisection.run(
          due, ready -> retry(ready, failedKeys), (head, error) -> park(head, error, failedKeys));
      cautious = !failedKeys.isEmpty();
    }
    Optional<Duration> next = parts.parking().untilNextDue(name);
    // The count is slow when many events are parked, so it runs only when no retry is scheduled.
    anyParked = next.isPresent() || parts.parking().counts(name).parked() > 0;
    ownership.refreshParkedKeys();
    Duration pause = next.orElse(LONGEST_WAIT);
    dueIn(pause.compareTo(LONGEST_WAIT) < 0 ? pause : LONGEST_WAIT);
    return !due.isEmpty();
  }

  private void dueIn(Duration pause) {
    dueAt = parts.nanoTime().getAsLong() + pause.toNanos();
  }

  /**
   * @param failedKeys keys of which an earlier event has failed in this round; later events wait
   */
  private void retry(List<Parked> some, Set<UUID> failedKeys) {
    List<Parked> ready =
        some.stream().filter(parked -> !failedKeys.contains(parked.message().key())).toList();
    if (ready.isEmpty()) {
      return;
    }
    long started = parts.nanoTime().getAsLong();
    Progress progress =
        parts
            .transactions()
            .call(tx -> {
              subscription.handler().handle(ready.stream().map(Parked::message).toList(), tx);
              parts.parking().unpark(tx, subscription.name(), ready);
              return ownership.renew(tx, ready.size());
            });
    ownership.advanced(progress);
    meter.handled(ready.size(), parts.nanoTime().getAsLong() - started);
  }

  private void park(Parked head, Throwable error, Set<UUID> failedKeys) {
    Message message = head.message();
    failedKeys.add(message.key());
    Failure failure =
        FailureReport.of(subscription.retries(), head.attempts() + 1, error, parts.random());
    ownership.advanced(
        parts
            .transactions()
            .call(tx -> {
              parts.parking().parkFailed(tx, subscription.name(), message, failure);
              return ownership.renew(tx, 0);
            }));
    parked(message, failure);
    meter.failed();
    FailureReport.log(subscription, message, failure);
  }
}
