package dev.reserva.sales.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * How long an order may wait for another service's answer before it fails, counted from the last
 * news about it.
 *
 * @param pending for inventory to hold its lines
 * @param pendingPayment for the money; inventory's hold normally expires first
 * @param paid for inventory to make the hold definite
 */
public record Deadlines(Duration pending, Duration pendingPayment, Duration paid) {

  public Deadlines {
    for (Duration deadline : new Duration[] {pending, pendingPayment, paid}) {
      if (deadline.isNegative() || deadline.isZero()) {
        throw new IllegalArgumentException("a deadline must be more than 0, was " + deadline);
      }
    }
  }

  /** The same for each state. */
  public static Deadlines of(Duration each) {
    return new Deadlines(each, each, each);
  }

  /** The shortest of them: no order younger than this can be late. */
  public Duration shortest() {
    Duration shortest = pending.compareTo(pendingPayment) < 0 ? pending : pendingPayment;
    return shortest.compareTo(paid) < 0 ? shortest : paid;
  }

  /** Whether an order in this state, last heard of then, is late now. */
  public boolean isLate(OrderStatus status, Instant updatedAt, Instant now) {
    return switch (status) {
      case PENDING -> !updatedAt.plus(pending).isAfter(now);
      case PENDING_PAYMENT -> !updatedAt.plus(pendingPayment).isAfter(now);
      case PAID -> !updatedAt.plus(paid).isAfter(now);
      case DRAFT, CONFIRMED, SHIPPED, DELIVERED, COMPLETED, CANCELLED, FAILED -> false;
    };
  }
}
