package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.integrity.OrderClaims;
import dev.reserva.sales.adapters.postgres.PartColumns.OfLine;
import dev.reserva.sales.domain.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The orders as the tables of sales record them. Bundles are claimed as their parts, in which the
 * other services reserve, ship and take back.
 */
public final class PostgresOrderClaims implements OrderClaims.Sold {

  private static final String PAGE =
      "select id, status, total, currency from sales.order where id > ? order by id limit ?";

  private static final String BY_ID =
      "select id, status, total, currency from sales.order where id = any(?) order by id";

  private static final String QUANTITIES =
      """
      select u.order_id, u.product_id, sum(u.units)::integer as quantity
      from sales.order_unit u
      where u.order_id = any(?)
      group by u.order_id, u.product_id
      """;

  private static final String RETURNS =
      """
      select order_id, id, status, refund, currency, product_ids, quantities, part_lines, part_ids,
        part_skus, part_names, part_quantities
      from sales.return
      where order_id = any(?) and status <> 'REJECTED'
      """;

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
    return withLines(
        snapshot,
        Statements.of(snapshot)
            .query(PAGE, PostgresOrderClaims::head, after == null ? LOWEST : after, limit));
  }

  @Override
  public List<Order> orders(UnitOfWork snapshot, List<UUID> ids) {
    return withLines(
        snapshot,
        Statements.of(snapshot)
            .query(BY_ID, PostgresOrderClaims::head, (Object) ids.toArray(UUID[]::new)));
  }

  private static Order head(ResultSet row) throws SQLException {
    return new Order(
        Rows.uuid(row, "id"),
        row.getString("status"),
        OrderRows.money(row.getBigDecimal("total"), row.getString("currency")),
        Map.of(),
        List.of());
  }

  private static List<Order> withLines(UnitOfWork snapshot, List<Order> heads) {
    var lines = new HashMap<UUID, Map<UUID, Integer>>();
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
    Map<UUID, List<Return>> returns = returns(snapshot, heads);
    var orders = new ArrayList<Order>(heads.size());
    for (Order head : heads) {
      orders.add(
          new Order(
              head.id(),
              head.status(),
              head.total(),
              lines.getOrDefault(head.id(), Map.of()),
              returns.getOrDefault(head.id(), List.of())));
    }
    return orders;
  }

  private static Map<UUID, List<Return>> returns(UnitOfWork snapshot, List<Order> heads) {
    var returns = new HashMap<UUID, List<Return>>();
    Statements.of(snapshot)
        .query(
            RETURNS,
            row -> Map.entry(Rows.uuid(row, "order_id"), goods(row)),
            (Object) heads.stream().map(Order::id).toArray(UUID[]::new))
        .forEach(found ->
            returns.computeIfAbsent(found.getKey(), _ -> new ArrayList<>()).add(found.getValue()));
    return returns;
  }

  private static Return goods(ResultSet row) throws SQLException {
    UUID[] products = (UUID[]) row.getArray("product_ids").getArray();
    Integer[] quantities = (Integer[]) row.getArray("quantities").getArray();
    var lines = new HashMap<UUID, Integer>();
    List<List<Part>> parts = OfLine.byLine(row, products.length);
    for (int i = 0; i < products.length; i++) {
      int bundles = quantities[i];
      if (parts.get(i).isEmpty()) {
        lines.merge(products[i], bundles, Integer::sum);
      }
      parts
          .get(i)
          .forEach(part -> lines.merge(part.productId(), bundles * part.quantity(), Integer::sum));
    }
    return new Return(
        Rows.uuid(row, "id"),
        row.getString("status"),
        OrderRows.money(row.getBigDecimal("refund"), row.getString("currency")),
        lines);
  }
}
