package dev.reserva.sales.adapters.web;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.timeline.WaitingOrders;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.PlacedOrder;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.Payment;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The orders that wait, and until when. */
public final class OrderWaits implements WaitingOrders {

  private final Orders orders;
  private final Deadlines deadlines;

  public OrderWaits(Orders orders, Deadlines deadlines) {
    this.orders = orders;
    this.deadlines = deadlines;
  }

  @Override
  public boolean exists(UUID orderId, UnitOfWork snapshot) {
    return orders.find(orderId, Scope.EVERYBODY, snapshot).isPresent();
  }

  @Override
  public List<Waiting> pastHalf(@Nullable UUID before, int limit, UnitOfWork snapshot) {
    return waiting(
        orders.late(deadlines.half(), snapshot.now(), before, limit, snapshot), snapshot);
  }

  @Override
  public List<Waiting> of(Collection<UUID> ids, UnitOfWork snapshot) {
    return waiting(
        orders.find(ids, snapshot).stream()
            .filter(order -> order.status() != OrderStatus.DRAFT)
            .toList(),
        snapshot);
  }

  private List<Waiting> waiting(List<OrderState> found, UnitOfWork snapshot) {
    if (found.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<OrderLine>> lines =
        orders.lines(found.stream().map(OrderState::id).toList(), snapshot).get();
    return found.stream()
        .map(order ->
            new Waiting(
                order.id(),
                awaited(order),
                order.updatedAt(),
                order.lateAt(deadlines).orElse(null),
                OrderView.of(new PlacedOrder(order, lines.getOrDefault(order.id(), List.of())))))
        .toList();
  }

  private static Awaited awaited(OrderState order) {
    return switch (order.status()) {
      case PENDING -> Awaited.STOCK;
      case PENDING_PAYMENT -> isWithBuyer(order) ? Awaited.BUYER : Awaited.PAYMENT;
      case PAID -> order.waitsUntil() == null ? Awaited.CONFIRMATION : Awaited.DELIVERY;
      case DRAFT, CONFIRMED, SHIPPED, DELIVERED, COMPLETED, CANCELLED, FAILED -> Awaited.NOTHING;
    };
  }

  /** Whether the buyer has to pay, to try again, or to say how. */
  private static boolean isWithBuyer(OrderState order) {
    Payment payment = order.payment();
    return payment == null
        ? order.paymentChoice() == null
        : payment.instructions() != null || payment.status() == Payment.Status.FAILED;
  }
}
