package dev.reserva.operations.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order that does not get on, with the cause and what would help, in one sentence each.
 *
 * @param awaited what it needs to go on, by its status
 * @param since its last change; of an order without a deadline, when the event failed
 * @param until its deadline; absent if its status has none
 * @param blockedBy the event that it waits behind; absent if it is only slow
 */
public record StuckOrder(
    UUID id,
    Awaited awaited,
    Instant since,
    @Nullable Instant until,
    @Nullable Blockade blockedBy) {

  /** What an order needs to go on. */
  public enum Awaited {
    STOCK("It waits for inventory to reserve its lines."),
    PAYMENT("It waits for the payment provider to answer."),
    BUYER("It waits for the buyer to pay."),
    CONFIRMATION("It waits for inventory to confirm its reservation."),
    DELIVERY("It waits for stock that has not arrived."),
    /** Its status has no deadline. */
    NOTHING("It waits for nothing.");

    private final String sentence;

    Awaited(String sentence) {
      this.sentence = sentence;
    }
  }

  /** One sentence. */
  public String waitsFor() {
    if (blockedBy == null) {
      return awaited.sentence;
    }
    return blockedBy.isRetried()
        ? "It waits for the next attempt of %s to handle %s."
            .formatted(blockedBy.subscription(), blockedBy.eventType())
        : "It waits behind %s, which %s has given up."
            .formatted(blockedBy.eventType(), blockedBy.subscription());
  }

  /** One sentence. */
  public String remedy() {
    if (blockedBy != null) {
      return blockedBy.isRetried()
          ? "Repair what makes %s fail with %s before its attempts are used up; the next one is due at %s."
              .formatted(blockedBy.subscription(), blockedBy.errorType(), blockedBy.dueAt())
          : "Repair the cause and retry dead letter %s of %s, or discard it with a reason."
              .formatted(blockedBy.id(), blockedBy.subscription());
    }
    return switch (awaited) {
      case STOCK, CONFIRMATION ->
          "Check in GET /api/stats that inventory and sales handle their events; the order fails at %s."
              .formatted(until);
      case PAYMENT ->
          "Check that financial runs and reaches its provider; the order fails at %s."
              .formatted(until);
      case BUYER ->
          "Remind the buyer to pay, or cancel the order, which otherwise fails at %s."
              .formatted(until);
      case DELIVERY ->
          "Receive the stock that it waits for, or cancel the order, which otherwise fails at %s."
              .formatted(until);
      case NOTHING -> "There is nothing to do.";
    };
  }
}
