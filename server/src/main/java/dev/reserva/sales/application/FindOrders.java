package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds orders within the caller's scope. */
public final class FindOrders {

  private final Orders orders;

  public FindOrders(Orders orders) {
    this.orders = orders;
  }

  /**
   * Finds one order. The result is empty, after the same work, if the order does not exist or is
   * outside the scope.
   */
  public Optional<PlacedOrder> one(UUID id, Scope scope, UnitOfWork tx) {
    Supplier<Map<UUID, List<OrderLine>>> lines = orders.lines(List.of(id), scope, tx);
    return orders
        .find(id, scope, tx)
        .map(order -> new PlacedOrder(order, lines.get().getOrDefault(id, List.of())));
  }

  /** The order without its lines; empty as {@link #one} is. */
  public Optional<OrderState> state(UUID id, Scope scope, UnitOfWork tx) {
    return orders.find(id, scope, tx);
  }

  /**
   * Newest first.
   *
   * @param filter must not select orders outside the caller's scope
   * @param before the last id of the previous page
   */
  public Found list(Orders.Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    Orders.Listed listed = orders.list(filter, before, limit, tx);
    Map<UUID, List<OrderLine>> lines =
        orders.lines(listed.orders().stream().map(OrderState::id).toList(), tx).get();
    return new Found(
        listed.orders().stream()
            .map(order -> new PlacedOrder(order, lines.getOrDefault(order.id(), List.of())))
            .toList(),
        listed.next());
  }

  /**
   * @param next the id before which the next page begins; absent at the end of the list
   */
  public record Found(List<PlacedOrder> orders, @Nullable UUID next) {
    public Found {
      orders = List.copyOf(orders);
    }
  }
}
