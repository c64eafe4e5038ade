package dev.reserva.sales.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How long an order may stay in its state, counted from its last change.
 *
 * @param draft after which a draft that nobody changes is deleted
 * @param pending for inventory to reserve its lines, before the order fails
 * @param pendingPayment for the payment, before the order fails; the reservation normally expires
 *     first
 * @param paid for inventory to confirm the reservation, before the order fails
 */
public record Deadlines(Duration draft, Duration pending, Duration pendingPayment, Duration paid) {

  public Deadlines {
    for (Duration deadline : new Duration[] {draft, pending, pendingPayment, paid}) {
      if (deadline.isNegative() || deadline.isZero()) {
        throw new IllegalArgumentException("a deadline must be more than 0, was " + deadline);
      }
    }
  }

  /** The same for each state. */
  public static Deadlines of(Duration each) {
    return new Deadlines(each, each, each, each);
  }

  /** The shortest deadline of an order that is under way. No younger order can be late. */
  public Duration shortest() {
    return Collections.min(List.of(pending, pendingPayment, paid));
  }

  /** Half of each. */
  public Deadlines half() {
    return new Deadlines(
        draft.dividedBy(2), pending.dividedBy(2), pendingPayment.dividedBy(2), paid.dividedBy(2));
  }

  /**
   * When an order becomes late that is in this state and was last changed at the given time.
   *
   * @return empty if it may stay in its state for ever, or is a draft
   */
  public Optional<Instant> lateAt(OrderStatus status, Instant updatedAt) {
    return switch (status) {
      case PENDING -> Optional.of(updatedAt.plus(pending));
      case PENDING_PAYMENT -> Optional.of(updatedAt.plus(pendingPayment));
      case PAID -> Optional.of(updatedAt.plus(paid));
      case DRAFT, CONFIRMED, SHIPPED, DELIVERED, COMPLETED, CANCELLED, FAILED -> Optional.empty();
    };
  }

  /** Whether a draft has expired that was last changed at the given time. */
  public boolean isExpired(OrderStatus status, Instant updatedAt, Instant now) {
    return status == OrderStatus.DRAFT && !updatedAt.plus(draft).isAfter(now);
  }

  /** Whether an order is late that is in this state and was last changed at the given time. */
  public boolean isLate(OrderStatus status, Instant updatedAt, Instant now) {
    return lateAt(status, updatedAt).filter(late -> !late.isAfter(now)).isPresent();
  }
}
