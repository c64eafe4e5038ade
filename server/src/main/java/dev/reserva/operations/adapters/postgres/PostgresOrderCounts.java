package dev.reserva.operations.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.OrderCounts;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One row per state, and one that says how far has been counted. */
public final class PostgresOrderCounts implements OrderCounts {

  private static final String BY_STATUS =
      "select status, orders from operations.order_count where orders > 0 order by status";
  private static final String COUNTED_TO = "select position from operations.counted_to for update";
  private static final String ADD =
      """
      insert into operations.order_count as c (status, orders)
      select * from unnest(?::text[], ?::bigint[])
      on conflict (status) do update set orders = c.orders + excluded.orders
      """;
  private static final String MOVE = "update operations.counted_to set position = ?";

  @Override
  public Map<String, Long> byStatus(UnitOfWork tx) {
    Map<String, Long> counts = new LinkedHashMap<>();
    jdbc(tx)
        .sql(BY_STATUS)
        .query(row -> {
          counts.put(row.getString("status"), row.getLong("orders"));
        });
    return counts;
  }

  @Override
  public long countedTo(UnitOfWork tx) {
    return jdbc(tx).sql(COUNTED_TO).query(Long.class).single();
  }

  @Override
  public void add(Map<String, Long> changes, long countedTo, UnitOfWork tx) {
    List<Map.Entry<String, Long>> entries = List.copyOf(changes.entrySet());
    jdbc(tx)
        .sql(ADD)
        .param(entries.stream().map(Map.Entry::getKey).toArray(String[]::new))
        .param(entries.stream().map(Map.Entry::getValue).toArray(Long[]::new))
        .update();
    jdbc(tx).sql(MOVE).param(countedTo).update();
  }

  private static JdbcClient jdbc(UnitOfWork tx) {
    return JdbcClient.create(new SingleConnectionDataSource(tx.resource(Connection.class), true));
  }
}
