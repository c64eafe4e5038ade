package dev.reserva.sales.application;

import static dev.reserva.sales.application.OrderCommand.refused;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderReturns;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.ReturnStatus;
import dev.reserva.sales.domain.Shipment;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Moves one order at a person's command: cancels or returns it, or overrides what its shipments
 * tell.
 */
public final class MoveOrder {

  private final Orders orders;
  private final Returns returns;
  private final AwaitOrder waiting;

  /**
   * @param waiting receives the orders that are no longer under way
   */
  public MoveOrder(Orders orders, Returns returns, AwaitOrder waiting) {
    this.orders = orders;
    this.returns = returns;
    this.waiting = waiting;
  }

  /**
   * Sets an order to a state. Its shipments follow an override. States that follow from what
   * inventory and financial report are refused.
   */
  public MoveOutcome move(OrderCommand command, StatusChange change, UnitOfWork tx) {
    return command.on(
        orders,
        tx,
        order ->
            switch (change) {
              case StatusChange.Shipped(var reason) ->
                  carryOut(command, order, Order::ship, reason, tx);
              case StatusChange.Delivered(var reason) ->
                  carryOut(command, order, Order::deliver, reason, tx);
              case StatusChange.Completed(var reason) ->
                  carryOut(command, order, Order::complete, reason, tx);
              case StatusChange.Cancelled(var cancellation) ->
                  giveUp(command, order, cancellation, tx);
              case StatusChange.Impossible _ ->
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
    if (mayHaveReturns(order) && hasReturns(order, tx)) {
      return refused(new Refusal.HasReturns(order.id()));
    }
    return carryOut(
        command, order, (it, now) -> it.cancel(why, cancellation.note(), now), null, tx);
  }

  /**
   * Whether goods of it may have arrived. Shipments of an order that moved once only are being
   * prepared.
   */
  private static boolean mayHaveReturns(Order order) {
    Shipment shipment = order.state().shipment();
    return order.status() == OrderStatus.DELIVERED
        || (OrderReturns.mayHaveArrivedInPart(order.status())
            && shipment != null
            && shipment.revision() > 1);
  }

  /** Whether some of its goods come back already. A cancellation would take them back again. */
  private boolean hasReturns(Order order, UnitOfWork tx) {
    return returns.ofOrder(order.id(), tx).stream()
        .anyMatch(goods -> goods.status() != ReturnStatus.REJECTED);
  }

  /** A return if the goods have left, otherwise an operator's request. */
  private static CancellationReason byOperator(OrderStatus status) {
    return switch (status) {
      case SHIPPED, DELIVERED -> CancellationReason.RETURNED;
      case DRAFT, PENDING, PENDING_PAYMENT, PAID, CONFIRMED, COMPLETED, CANCELLED, FAILED ->
          CancellationReason.OPERATOR_REQUEST;
    };
  }

  /**
   * @param override why an operator overrides the shipments; null for a cancellation
   */
  private MoveOutcome carryOut(
      OrderCommand command,
      Order order,
      BiFunction<Order, Instant, Order.Answer> action,
      @Nullable String override,
      UnitOfWork tx) {
    OrderStatus before = order.status();
    return switch (action.apply(order, tx.now())) {
      case Order.Answer.Refused wrong ->
          refused(new Refusal.WrongState(order.id(), wrong.status()));
      case Order.Answer.Done done -> {
        List<OrderLine> lines =
            orders.lines(List.of(order.id()), tx).get().getOrDefault(order.id(), List.of());
        if (override == null) {
          Announcements.step(order.state(), done.step(), lines, command.cause(), tx);
        } else {
          Announcements.override(order.state(), done.step(), override, command.cause(), tx);
        }
        orders.save(List.of(order), tx);
        if (!order.status().isUnderWay()) {
          waiting.settledBy(List.of(order), tx);
        }
        yield new MoveOutcome.Done(new PlacedOrder(order.state(), lines), before);
      }
    };
  }
}
