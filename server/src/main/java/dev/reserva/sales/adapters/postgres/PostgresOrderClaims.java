package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.integrity.OrderClaims;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What sales holds to be true of its orders. */
public final class PostgresOrderClaims implements OrderClaims.Sold {

  private static final String PAGE =
      "select id, status, total, currency from sales.order where id > ? order by id limit ?";

  private static final String QUANTITIES =
      "select order_id, product_id, quantity from sales.order_line where order_id = any(?)";

  private static final UUID LOWEST = new UUID(0, 0);

  private record Quantity(UUID orderId, UUID productId, int quantity) {}

  @Override
  public List<Order> orders(UnitOfWork snapshot, @Nullable UUID after, int limit) {
    var lines = new HashMap<UUID, Map<UUID, Integer>>();
    List<Order> heads =
        Sql.query(
            snapshot,
            PAGE,
            row ->
                new Order(
                    Sql.uuid(row, "id"),
                    row.getString("status"),
                    PostgresOrders.money(row.getBigDecimal("total"), row.getString("currency")),
                    Map.of()),
            after == null ? LOWEST : after,
            limit);
    Sql.each(
        snapshot,
        QUANTITIES,
        row ->
            new Quantity(
                Sql.uuid(row, "order_id"), Sql.uuid(row, "product_id"), row.getInt("quantity")),
        line ->
            lines
                .computeIfAbsent(line.orderId(), id -> new HashMap<>())
                .put(line.productId(), line.quantity()),
        (Object) heads.stream().map(Order::id).toArray(UUID[]::new));
    var orders = new ArrayList<Order>(heads.size());
    for (Order head : heads) {
      orders.add(
          new Order(
              head.id(), head.status(), head.total(), lines.getOrDefault(head.id(), Map.of())));
    }
    return orders;
  }
}
