package dev.reserva.operations.adapters.integrity;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.adapters.integrity.DatabaseClaims.Claims;
import dev.reserva.operations.application.OrderBooks;
import dev.reserva.operations.domain.OrderBook;
import dev.reserva.operations.domain.OrderBook.Holding;
import dev.reserva.operations.domain.OrderBook.Parcel;
import dev.reserva.operations.domain.OrderBook.Receivable;
import dev.reserva.operations.domain.OrderBook.Return;
import dev.reserva.operations.domain.OrderBook.Takings;
import dev.reserva.platform.integrity.OrderClaims;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Joins the claims of sales, inventory, financial and logistics about the same orders. Each claim
 * becomes a record of {@link OrderBook}, because a domain imports nothing of the platform.
 */
public final class ClaimedOrderBooks implements OrderBooks {

  private final OrderClaims.@Nullable Sold sold;
  private final OrderClaims.@Nullable Held held;
  private final OrderClaims.@Nullable Paid paid;
  private final OrderClaims.@Nullable Shipped shipped;

  /**
   * @param claims of the services of this process
   */
  public ClaimedOrderBooks(List<OrderClaims> claims) {
    this.sold = only(OrderClaims.Sold.class, claims);
    this.held = only(OrderClaims.Held.class, claims);
    this.paid = only(OrderClaims.Paid.class, claims);
    this.shipped = only(OrderClaims.Shipped.class, claims);
  }

  private static <T> @Nullable T only(Class<T> kind, List<OrderClaims> claims) {
    return claims.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElse(null);
  }

  @Override
  public boolean complete() {
    return sold != null && held != null && paid != null;
  }

  @Override
  public boolean haveShipments() {
    return shipped != null;
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
    Map<UUID, List<OrderClaims.Shipped.Parcel>> parcels =
        ids.isEmpty() || shipped == null ? Map.of() : shipped.parcels(snapshot, ids);
    return books(orders, new Claims(orders, holdings, takings, parcels));
  }

  /**
   * Joins what the services claim about the same orders.
   *
   * @param claims those about the orders; the orders of the claims themselves are ignored
   */
  static List<OrderBook> books(List<OrderClaims.Sold.Order> orders, Claims claims) {
    return orders.stream()
        .map(order ->
            new OrderBook(
                order.id(),
                order.status(),
                order.total(),
                order.lines(),
                returns(order.returns()),
                holding(claims.holdings().get(order.id())),
                takings(claims.takings().get(order.id())),
                parcels(claims.parcels().getOrDefault(order.id(), List.of()))))
        .toList();
  }

  private static List<Return> returns(List<OrderClaims.Sold.Return> claims) {
    return claims.stream()
        .map(claim -> new Return(claim.id(), claim.status(), claim.refund(), claim.lines()))
        .toList();
  }

  private static List<Parcel> parcels(List<OrderClaims.Shipped.Parcel> claims) {
    return claims.stream()
        .map(claim -> new Parcel(claim.status(), claim.location(), claim.lines()))
        .toList();
  }

  private static @Nullable Holding holding(OrderClaims.Held.@Nullable Holding claim) {
    return claim == null
        ? null
        : new Holding(
            claim.status(), claim.returned(), claim.lines(), claim.places(), claim.takenBack());
  }

  private static @Nullable Takings takings(OrderClaims.Paid.@Nullable Takings claim) {
    return claim == null
        ? null
        : new Takings(
            claim.captured(),
            claim.refunded(),
            claim.owed(),
            receivable(claim.receivable()),
            claim.forReturns());
  }

  private static @Nullable Receivable receivable(OrderClaims.Paid.@Nullable Receivable claim) {
    return claim == null ? null : new Receivable(claim.amount(), claim.status());
  }
}
