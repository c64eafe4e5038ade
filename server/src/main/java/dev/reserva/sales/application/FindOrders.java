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

/** Shows orders to those who may see them. */
public final class FindOrders {

  private final Orders orders;

  public FindOrders(Orders orders) {
    this.orders = orders;
  }

  /** Empty, after the same work, when there is no such order or the caller may not know of it. */
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
   * @param filter asks for nothing beyond the caller's scope
   * @param before where the last page ended
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
   * @param next id that the list goes on before; absent at its end
   */
  public record Found(List<PlacedOrder> orders, @Nullable UUID next) {
    public Found {
      orders = List.copyOf(orders);
    }
  }
}
