package dev.reserva.operations.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.operations.application.OrderCounts;
import java.util.LinkedHashMap;
import java.util.Map;

/** One row for each state, and one with the position of the last counted event. */
public final class PostgresOrderCounts implements OrderCounts {

  private static final String SELECT_COUNTS =
      "select status, orders from operations.order_count where orders > 0 order by status";
  private static final String LOCK_POSITION =
      "select position from operations.counted_to for update";
  private static final String ADD_TO_COUNTS =
      """
      insert into operations.order_count as c (status, orders)
      select * from unnest(?::text[], ?::bigint[])
      on conflict (status) do update set orders = c.orders + excluded.orders
      """;
  private static final String UPDATE_POSITION = "update operations.counted_to set position = ?";

  @Override
  public Map<String, Long> byStatus(UnitOfWork tx) {
    Map<String, Long> counts = new LinkedHashMap<>();
    Statements.of(tx)
        .query(SELECT_COUNTS, row -> counts.put(row.getString("status"), row.getLong("orders")));
    return counts;
  }

  @Override
  public long countedTo(UnitOfWork tx) {
    return Statements.of(tx).query(LOCK_POSITION, row -> row.getLong("position")).getFirst();
  }

  @Override
  public void add(Map<String, Long> changes, long countedTo, UnitOfWork tx) {
    Statements statements = Statements.of(tx);
    statements.write(
        ADD_TO_COUNTS,
        Columns.texts(changes.entrySet(), Map.Entry<String, Long>::getKey),
        Columns.longs(changes.entrySet(), Map.Entry<String, Long>::getValue));
    statements.write(UPDATE_POSITION, countedTo);
  }
}
