package dev.reserva.sales.domain;

import static dev.reserva.sales.domain.OrderStatus.CANCELLED;
import static dev.reserva.sales.domain.OrderStatus.COMPLETED;
import static dev.reserva.sales.domain.OrderStatus.CONFIRMED;
import static dev.reserva.sales.domain.OrderStatus.DELIVERED;
import static dev.reserva.sales.domain.OrderStatus.DRAFT;
import static dev.reserva.sales.domain.OrderStatus.FAILED;
import static dev.reserva.sales.domain.OrderStatus.PAID;
import static dev.reserva.sales.domain.OrderStatus.PENDING;
import static dev.reserva.sales.domain.OrderStatus.PENDING_PAYMENT;
import static dev.reserva.sales.domain.OrderStatus.SHIPPED;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transition table of an order. Checks, refusals and {@code docs/order-states.md} are derived
 * from it.
 */
public final class OrderTransitions {

  /** The trigger moves an order from {@code from} to {@code to}. */
  public record Transition(OrderStatus from, OrderStatus to, Trigger trigger) {}

  /** The states in which an order can begin. */
  public static final Set<OrderStatus> BEGINNINGS = Set.of(DRAFT, PENDING);

  public static final List<Transition> ALL =
      List.of(
          new Transition(DRAFT, PENDING, Trigger.SUBMITTED),
          new Transition(PENDING, PENDING_PAYMENT, Trigger.STOCK_RESERVED),
          new Transition(PENDING_PAYMENT, PAID, Trigger.PAYMENT_APPROVED),
          new Transition(PAID, CONFIRMED, Trigger.STOCK_CONFIRMED),
          new Transition(CONFIRMED, SHIPPED, Trigger.SHIPPED),
          new Transition(SHIPPED, DELIVERED, Trigger.DELIVERED),
          new Transition(DELIVERED, COMPLETED, Trigger.COMPLETED),
          new Transition(PENDING, CANCELLED, Trigger.STOCK_INSUFFICIENT),
          new Transition(PENDING_PAYMENT, CANCELLED, Trigger.PAYMENT_FAILED),
          new Transition(PENDING_PAYMENT, CANCELLED, Trigger.RESERVATION_ENDED),
          new Transition(PAID, CANCELLED, Trigger.CONFIRMATION_FAILED),
          new Transition(PENDING, CANCELLED, Trigger.CANCELLED),
          new Transition(PENDING_PAYMENT, CANCELLED, Trigger.CANCELLED),
          new Transition(PAID, CANCELLED, Trigger.CANCELLED),
          new Transition(CONFIRMED, CANCELLED, Trigger.CANCELLED),
          new Transition(SHIPPED, CANCELLED, Trigger.RETURNED),
          new Transition(DELIVERED, CANCELLED, Trigger.RETURNED),
          new Transition(PENDING, FAILED, Trigger.DEADLINE_PASSED),
          new Transition(PENDING_PAYMENT, FAILED, Trigger.DEADLINE_PASSED),
          new Transition(PAID, FAILED, Trigger.DEADLINE_PASSED));

  private OrderTransitions() {}

  /** The state that the trigger leads to; empty if it does not apply in this state. */
  public static Optional<OrderStatus> target(OrderStatus from, Trigger trigger) {
    return ALL.stream()
        .filter(edge -> edge.from() == from && edge.trigger() == trigger)
        .map(Transition::to)
        .findFirst();
  }

  /**
   * Whether an order can take this step.
   *
   * @param from absent where the order begins
   */
  public static boolean isEdge(@Nullable OrderStatus from, OrderStatus to) {
    return from == null
        ? BEGINNINGS.contains(to)
        : ALL.stream().anyMatch(edge -> edge.from() == from && edge.to() == to);
  }

  /** The states that an order can take next; none for final states. */
  public static Set<OrderStatus> next(OrderStatus from) {
    var next = EnumSet.noneOf(OrderStatus.class);
    ALL.stream().filter(edge -> edge.from() == from).forEach(edge -> next.add(edge.to()));
    return next;
  }
}
