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
 * What every command of a person about one order says.
 *
 * @param scope whose orders the person may know of
 * @param seen whether the person agrees to change the order as it is now
 * @param cause of the facts that follow from the command
 */
public record OrderCommand(UUID orderId, Scope scope, Predicate<OrderState> seen, Cause cause) {

  /** A command that changes the order however it is. */
  public static OrderCommand any(UUID orderId, Scope scope, Cause cause) {
    return new OrderCommand(orderId, scope, order -> true, cause);
  }

  /**
   * Locks the order and goes on with it, unless the person may not know of it or has not seen it as
   * it is.
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
