package dev.reserva.sales.application;

import static dev.reserva.sales.application.OrderCommand.refused;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderStatus;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/** Moves one order at a person's command: ship, deliver, complete, cancel, return. */
public final class MoveOrder {

  private final Orders orders;
  private final AwaitOrder waiting;

  /**
   * @param waiting receives the orders that are no longer under way
   */
  public MoveOrder(Orders orders, AwaitOrder waiting) {
    this.orders = orders;
    this.waiting = waiting;
  }

  /**
   * Moves an order to a state. States that follow from what other services report are refused.
   *
   * @param cancellation why, where the state is CANCELLED
   */
  public MoveOutcome move(
      OrderCommand command, OrderStatus to, Cancellation cancellation, UnitOfWork tx) {
    return command.on(
        orders,
        tx,
        order ->
            switch (to) {
              case SHIPPED -> carryOut(command, order, Order::ship, tx);
              case DELIVERED -> carryOut(command, order, Order::deliver, tx);
              case COMPLETED -> carryOut(command, order, Order::complete, tx);
              case CANCELLED -> giveUp(command, order, cancellation, tx);
              case DRAFT, PENDING, PENDING_PAYMENT, PAID, CONFIRMED, FAILED ->
                  refused(new Refusal.WrongState(order.id(), order.status()));
            });
  }

  /** Cancels an order; every service then undoes its part. A draft is deleted. */
  public MoveOutcome cancel(OrderCommand command, Cancellation cancellation, UnitOfWork tx) {
    return command.on(
        orders,
        tx,
        order -> {
          if (order.status() != OrderStatus.DRAFT) {
            return giveUp(command, order, cancellation, tx);
          }
          orders.remove(List.of(order), tx);
          return new MoveOutcome.Deleted(order.id());
        });
  }

  private MoveOutcome giveUp(
      OrderCommand command, Order order, Cancellation cancellation, UnitOfWork tx) {
    CancellationReason why =
        cancellation.why() != null ? cancellation.why() : byOperator(order.status());
    return carryOut(command, order, (it, now) -> it.cancel(why, cancellation.note(), now), tx);
  }

  /** A return if the goods have left, otherwise an operator's request. */
  private static CancellationReason byOperator(OrderStatus status) {
    return switch (status) {
      case SHIPPED, DELIVERED -> CancellationReason.RETURNED;
      case DRAFT, PENDING, PENDING_PAYMENT, PAID, CONFIRMED, COMPLETED, CANCELLED, FAILED ->
          CancellationReason.OPERATOR_REQUEST;
    };
  }

  private MoveOutcome carryOut(
      OrderCommand command,
      Order order,
      BiFunction<Order, Instant, Order.Answer> action,
      UnitOfWork tx) {
    OrderStatus before = order.status();
    return switch (action.apply(order, tx.now())) {
      case Order.Answer.Refused wrong ->
          refused(new Refusal.WrongState(order.id(), wrong.status()));
      case Order.Answer.Done done -> {
        List<OrderLine> lines =
            orders.lines(List.of(order.id()), tx).get().getOrDefault(order.id(), List.of());
        Announcements.step(order.state(), done.step(), lines, command.cause(), tx);
        orders.save(List.of(order), tx);
        if (!order.status().isUnderWay()) {
          waiting.settledBy(List.of(order), tx);
        }
        yield new MoveOutcome.Done(new PlacedOrder(order.state(), lines), before);
      }
    };
  }
}
