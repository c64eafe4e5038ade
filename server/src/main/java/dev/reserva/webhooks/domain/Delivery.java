package dev.reserva.webhooks.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event for one endpoint.
 *
 * @param position of the event in the log; 0 for a test
 * @param body what is posted
 * @param attempts all attempts that were made
 * @param tries failed attempts since it was queued or redelivered
 */
public record Delivery(
    UUID id,
    UUID endpointId,
    DeliveryKind kind,
    UUID eventId,
    String type,
    UUID key,
    long position,
    String body,
    DeliveryStatus status,
    int attempts,
    int tries,
    Instant dueAt,
    Instant createdAt,
    @Nullable Instant endedAt) {

  public static final String TEST_TYPE = "webhooks.test";

  public Delivery {
    if ((status == DeliveryStatus.PENDING) != (endedAt == null)) {
      throw new IllegalArgumentException("a delivery has ended exactly if it is not PENDING");
    }
  }

  /** The delivery after an attempt. */
  public Delivery attempted(Answer answer, RetrySchedule retries, double chance, Instant now) {
    if (answer.isSuccess()) {
      return with(DeliveryStatus.DELIVERED, tries, dueAt, now, attempts + 1);
    }
    // A test is for somebody who waits for its result.
    if (kind == DeliveryKind.TEST) {
      return with(DeliveryStatus.FAILED, tries + 1, dueAt, now, attempts + 1);
    }
    return retries
        .next(tries + 1, now, chance)
        .map(due -> with(DeliveryStatus.PENDING, tries + 1, due, null, attempts + 1))
        .orElseGet(() -> with(DeliveryStatus.FAILED, tries + 1, dueAt, now, attempts + 1));
  }

  /** Due at once, with all its attempts before it. */
  public Delivery again(Instant now) {
    return with(DeliveryStatus.PENDING, 0, now, null, attempts);
  }

  private Delivery with(
      DeliveryStatus next, int failed, Instant due, @Nullable Instant ended, int made) {
    return new Delivery(
        id,
        endpointId,
        kind,
        eventId,
        type,
        key,
        position,
        body,
        next,
        made,
        failed,
        due,
        createdAt,
        ended);
  }
}
