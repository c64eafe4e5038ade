package dev.reserva.operations.adapters.integrity;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.OrderBooks;
import dev.reserva.operations.domain.OrderBook;
import dev.reserva.operations.domain.OrderBook.Holding;
import dev.reserva.operations.domain.OrderBook.Receivable;
import dev.reserva.operations.domain.OrderBook.Takings;
import dev.reserva.platform.integrity.OrderClaims;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Joins the claims of sales, inventory and financial about the same orders. Each claim becomes a
 * record of {@link OrderBook}, because a domain imports nothing of the platform.
 */
public final class ClaimedOrderBooks implements OrderBooks {

  private final OrderClaims.@Nullable Sold sold;
  private final OrderClaims.@Nullable Held held;
  private final OrderClaims.@Nullable Paid paid;

  /**
   * @param claims of the services of this process
   */
  public ClaimedOrderBooks(List<OrderClaims> claims) {
    this.sold = only(OrderClaims.Sold.class, claims);
    this.held = only(OrderClaims.Held.class, claims);
    this.paid = only(OrderClaims.Paid.class, claims);
  }

  private static <T> @Nullable T only(Class<T> kind, List<OrderClaims> claims) {
    return claims.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElse(null);
  }

  @Override
  public boolean complete() {
    return sold != null && held != null && paid != null;
  }

  @Override
  public List<OrderBook> page(UnitOfWork snapshot, @Nullable UUID after, int limit) {
    if (sold == null || held == null || paid == null) {
      throw new IllegalStateException(
          "sales, inventory and financial do not all run in this process");
    }
    List<OrderClaims.Sold.Order> orders = sold.orders(snapshot, after, limit);
    List<UUID> ids = orders.stream().map(OrderClaims.Sold.Order::id).toList();
    Map<UUID, OrderClaims.Held.Holding> holdings =
        ids.isEmpty() ? Map.of() : held.holdings(snapshot, ids);
    Map<UUID, OrderClaims.Paid.Takings> takings =
        ids.isEmpty() ? Map.of() : paid.takings(snapshot, ids);
    return books(orders, holdings, takings);
  }

  /** Joins what the three services claim about the same orders. */
  static List<OrderBook> books(
      List<OrderClaims.Sold.Order> orders,
      Map<UUID, OrderClaims.Held.Holding> holdings,
      Map<UUID, OrderClaims.Paid.Takings> takings) {
    return orders.stream()
        .map(order ->
            new OrderBook(
                order.id(),
                order.status(),
                order.total(),
                order.lines(),
                holding(holdings.get(order.id())),
                takings(takings.get(order.id()))))
        .toList();
  }

  private static @Nullable Holding holding(OrderClaims.Held.@Nullable Holding claim) {
    return claim == null ? null : new Holding(claim.status(), claim.returned(), claim.lines());
  }

  private static @Nullable Takings takings(OrderClaims.Paid.@Nullable Takings claim) {
    return claim == null
        ? null
        : new Takings(
            claim.captured(), claim.refunded(), claim.owed(), receivable(claim.receivable()));
  }

  private static @Nullable Receivable receivable(OrderClaims.Paid.@Nullable Receivable claim) {
    return claim == null ? null : new Receivable(claim.amount(), claim.status());
  }
}
