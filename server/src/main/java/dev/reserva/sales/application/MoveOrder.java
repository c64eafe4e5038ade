package dev.reserva.sales.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Moves one order as a person wants it: submit, ship, deliver, complete, cancel, take back. */
public final class MoveOrder {

  private final Orders orders;
  private final Customers customers;
  private final AwaitOrder waiting;

  /**
   * @param waiting told of orders that are no longer under way
   */
  public MoveOrder(Orders orders, Customers customers, AwaitOrder waiting) {
    this.orders = orders;
    this.customers = customers;
    this.waiting = waiting;
  }

  /** Where a person can move an order by hand; all else follows from what other services report. */
  public enum Target {
    SHIPPED,
    DELIVERED,
    COMPLETED
  }

  /**
   * Lets somebody look at an order, if the caller may know of it, before it is moved in this
   * transaction.
   *
   * @param look gets the order as it stands, locked; throws to refuse
   */
  public void examine(UUID orderId, Scope scope, Consumer<OrderState> look, UnitOfWork tx) {
    Order order = orders.lock(List.of(orderId), tx).get(orderId);
    if (order != null && scope.covers(order.state())) {
      look.accept(order.state());
    }
  }

  /** A draft becomes an order, at the prices it was drawn up with, if its buyer may still order. */
  public MoveOutcome submit(UUID orderId, Scope scope, Cause cause, UnitOfWork tx) {
    Order order = orders.lock(List.of(orderId), tx).get(orderId);
    if (order == null || !scope.covers(order.state())) {
      return new MoveOutcome.NoSuchOrder(orderId);
    }
    UUID buyer = order.state().customerId();
    if (!customers.active(List.of(buyer), tx).get().getOrDefault(buyer, false)) {
      return new MoveOutcome.InactiveCustomer(buyer);
    }
    return carryOut(order, Order::submit, null, cause, tx);
  }

  public MoveOutcome move(UUID orderId, Target target, Scope scope, Cause cause, UnitOfWork tx) {
    return carryOut(
        orderId,
        scope,
        switch (target) {
          case SHIPPED -> Order::ship;
          case DELIVERED -> Order::deliver;
          case COMPLETED -> Order::complete;
        },
        null,
        cause,
        tx);
  }

  /**
   * Gives an order up, which undoes what was done for it.
   *
   * @param why absent: a return when the goods have left, else an operator's wish
   * @param note what the person said about it
   */
  public MoveOutcome cancel(
      UUID orderId,
      @Nullable CancellationReason why,
      @Nullable String note,
      Scope scope,
      Cause cause,
      UnitOfWork tx) {
    return carryOut(
        orderId,
        scope,
        (order, now) ->
            order.cancel(
                why != null
                    ? why
                    : switch (order.status()) {
                      case SHIPPED, DELIVERED -> CancellationReason.RETURNED;
                      case DRAFT,
                          PENDING,
                          PENDING_PAYMENT,
                          PAID,
                          CONFIRMED,
                          COMPLETED,
                          CANCELLED,
                          FAILED ->
                          CancellationReason.OPERATOR_REQUEST;
                    },
                now),
        note,
        cause,
        tx);
  }

  private MoveOutcome carryOut(
      UUID orderId,
      Scope scope,
      BiFunction<Order, Instant, Order.Answer> wish,
      @Nullable String note,
      Cause cause,
      UnitOfWork tx) {
    Order order = orders.lock(List.of(orderId), tx).get(orderId);
    return order == null || !scope.covers(order.state())
        ? new MoveOutcome.NoSuchOrder(orderId)
        : carryOut(order, wish, note, cause, tx);
  }

  private MoveOutcome carryOut(
      Order order,
      BiFunction<Order, Instant, Order.Answer> wish,
      @Nullable String note,
      Cause cause,
      UnitOfWork tx) {
    return switch (wish.apply(order, tx.now())) {
      case Order.Answer.Refused refused -> new MoveOutcome.WrongState(order.id(), refused.status());
      case Order.Answer.Done done -> {
        List<OrderLine> lines =
            orders.lines(List.of(order.id()), tx).get().getOrDefault(order.id(), List.of());
        tx.publish(Announcement.of(order.state(), done.step(), lines, note), cause);
        orders.save(List.of(order), tx);
        if (!order.status().isUnderWay()) {
          waiting.settledBy(List.of(order), tx);
        }
        yield new MoveOutcome.Done(new PlacedOrder(order.state(), lines));
      }
    };
  }
}
