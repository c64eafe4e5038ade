package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.integrity.OrderClaims;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The orders as the tables of sales record them. */
public final class PostgresOrderClaims implements OrderClaims.Sold {

  private static final String PAGE =
      "select id, status, total, currency from sales.order where id > ? order by id limit ?";

  private static final String QUANTITIES =
      "select order_id, product_id, quantity from sales.order_line where order_id = any(?)";

  // By the index order_settled alone.
  private static final String DRAFTS =
      "select count(*) as n from sales.order where settled = 'DRAFT'";

  private static final UUID LOWEST = new UUID(0, 0);

  @Override
  public long drafts(UnitOfWork snapshot) {
    return Statements.of(snapshot).query(DRAFTS, row -> row.getLong("n")).getFirst();
  }

  private record Quantity(UUID orderId, UUID productId, int quantity) {}

  @Override
  public List<Order> orders(UnitOfWork snapshot, @Nullable UUID after, int limit) {
    var lines = new HashMap<UUID, Map<UUID, Integer>>();
    List<Order> heads =
        Statements.of(snapshot)
            .query(
                PAGE,
                row ->
                    new Order(
                        Rows.uuid(row, "id"),
                        row.getString("status"),
                        OrderRows.money(row.getBigDecimal("total"), row.getString("currency")),
                        Map.of()),
                after == null ? LOWEST : after,
                limit);
    Statements.of(snapshot)
        .query(
            QUANTITIES,
            row ->
                new Quantity(
                    Rows.uuid(row, "order_id"),
                    Rows.uuid(row, "product_id"),
                    row.getInt("quantity")),
            (Object) heads.stream().map(Order::id).toArray(UUID[]::new))
        .forEach(line ->
            lines
                .computeIfAbsent(line.orderId(), id -> new HashMap<>())
                .put(line.productId(), line.quantity()));
    var orders = new ArrayList<Order>(heads.size());
    for (Order head : heads) {
      orders.add(
          new Order(
              head.id(), head.status(), head.total(), lines.getOrDefault(head.id(), Map.of())));
    }
    return orders;
  }
}
