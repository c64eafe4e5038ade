package dev.reserva.sales.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderState;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The common parts of every command of a person about one order.
 *
 * @param scope the orders that the person may see
 * @param seen whether the person accepts the current version of the order
 * @param cause of the events that follow from the command
 */
public record OrderCommand(UUID orderId, Scope scope, Predicate<OrderState> seen, Cause cause) {

  /** A command that accepts any version of the order. */
  public static OrderCommand any(UUID orderId, Scope scope, Cause cause) {
    return new OrderCommand(orderId, scope, order -> true, cause);
  }

  /**
   * Locks the order and applies the command, unless the order is outside the scope or its version
   * is not accepted.
   */
  MoveOutcome on(Orders orders, UnitOfWork tx, Function<Order, MoveOutcome> work) {
    Optional<Order> found = orders.lock(orderId, scope, tx);
    if (found.isEmpty()) {
      return refused(new Refusal.NoSuchOrder(orderId));
    }
    Order order = found.get();
    return seen.test(order.state()) ? work.apply(order) : refused(new Refusal.Stale(order.state()));
  }

  static MoveOutcome refused(Refusal refusal) {
    return new MoveOutcome.Refused(refusal);
  }
}
