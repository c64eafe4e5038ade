package dev.reserva.inventory.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.integrity.OrderClaims;
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
      select order_id, status, returned_at is not null as returned, product_ids, quantities
      from inventory.reservation
      where order_id = any ((select ?::uuid[])::uuid[]) and cardinality(product_ids) > 0
      """;

  @Override
  public Map<UUID, Holding> holdings(UnitOfWork snapshot, List<UUID> orderIds) {
    Map<UUID, Holding> holdings = new HashMap<>();
    Statements.of(snapshot)
        .query(
            HOLDINGS,
            row -> holdings.put(Rows.uuid(row, "order_id"), holding(row)),
            (Object) orderIds.toArray(UUID[]::new));
    return holdings;
  }

  private static Holding holding(ResultSet row) throws SQLException {
    UUID[] products = (UUID[]) row.getArray("product_ids").getArray();
    Integer[] quantities = (Integer[]) row.getArray("quantities").getArray();
    Map<UUID, Integer> lines = new HashMap<>();
    for (int i = 0; i < products.length; i++) {
      lines.put(products[i], quantities[i]);
    }
    return new Holding(row.getString("status"), row.getBoolean("returned"), lines);
  }
}
