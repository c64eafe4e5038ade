package dev.reserva.inventory.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.integrity.OrderClaims;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What inventory holds for orders. A tombstone holds nothing and is left out. */
public final class PostgresHoldings implements OrderClaims.Held {

  private static final String HOLDINGS =
      """
      select order_id, status, returned_at is not null as returned, product_ids, quantities, locations,
        awaited_products, awaited_quantities
      from inventory.reservation
      where order_id = any ((select ?::uuid[])::uuid[])
        and (cardinality(product_ids) > 0 or awaited_products is not null)
      """;

  private static final String RETURNS =
      "select order_id, id, product_ids, quantities from inventory.return where order_id = any (?)";

  @Override
  public Map<UUID, Holding> holdings(UnitOfWork snapshot, List<UUID> orderIds) {
    Map<UUID, Map<UUID, Map<UUID, Integer>>> takenBack = takenBack(snapshot, orderIds);
    Map<UUID, Holding> holdings = new HashMap<>();
    Statements.of(snapshot)
        .query(
            HOLDINGS,
            row -> {
              UUID order = Rows.uuid(row, "order_id");
              return holdings.put(
                  order,
                  new Holding(
                      row.getString("status"),
                      row.getBoolean("returned"),
                      withAwaited(lines(row), row),
                      places(row),
                      takenBack.getOrDefault(order, Map.of())));
            },
            (Object) orderIds.toArray(UUID[]::new));
    return holdings;
  }

  private static Map<UUID, Map<UUID, Map<UUID, Integer>>> takenBack(
      UnitOfWork snapshot, List<UUID> orderIds) {
    Map<UUID, Map<UUID, Map<UUID, Integer>>> returns = new HashMap<>();
    Statements.of(snapshot)
        .query(
            RETURNS,
            row ->
                returns
                    .computeIfAbsent(Rows.uuid(row, "order_id"), _ -> new HashMap<>())
                    .put(Rows.uuid(row, "id"), lines(row)),
            (Object) orderIds.toArray(UUID[]::new));
    return returns;
  }

  private static Map<UUID, Integer> withAwaited(Map<UUID, Integer> held, ResultSet row)
      throws SQLException {
    Array products = row.getArray("awaited_products");
    if (products == null) {
      return held;
    }
    Map<UUID, Integer> all = new HashMap<>(held);
    UUID[] ids = (UUID[]) products.getArray();
    Integer[] quantities = (Integer[]) row.getArray("awaited_quantities").getArray();
    for (int i = 0; i < ids.length; i++) {
      all.merge(ids[i], quantities[i], Integer::sum);
    }
    return all;
  }

  private static Map<UUID, Integer> lines(ResultSet row) throws SQLException {
    UUID[] products = (UUID[]) row.getArray("product_ids").getArray();
    Integer[] quantities = (Integer[]) row.getArray("quantities").getArray();
    Map<UUID, Integer> lines = new HashMap<>();
    for (int i = 0; i < products.length; i++) {
      lines.merge(products[i], quantities[i], Integer::sum);
    }
    return lines;
  }

  private static Map<String, Map<UUID, Integer>> places(ResultSet row) throws SQLException {
    Array array = row.getArray("locations");
    if (array == null) {
      return Map.of();
    }
    String[] locations = (String[]) array.getArray();
    UUID[] products = (UUID[]) row.getArray("product_ids").getArray();
    Integer[] quantities = (Integer[]) row.getArray("quantities").getArray();
    Map<String, Map<UUID, Integer>> places = new HashMap<>();
    for (int i = 0; i < products.length; i++) {
      places
          .computeIfAbsent(locations[i], _ -> new HashMap<>())
          .merge(products[i], quantities[i], Integer::sum);
    }
    return places;
  }
}
