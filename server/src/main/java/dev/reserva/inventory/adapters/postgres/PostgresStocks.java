package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.UnitOfWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tables {@code inventory.stock} and {@code inventory.ledger}. */
public final class PostgresStocks implements Stocks {

  static final String LOCK =
      """
      select s.product_id, s.physical, s.reserved, p.sku, p.min_stock, p.active
      from inventory.stock s join inventory.product p on p.id = s.product_id
      where s.product_id = any ((select ?::uuid[])::uuid[])
      order by s.product_id
      for update of s
      """;

  static final String SAVE =
      """
      update inventory.stock s set physical = c.physical, reserved = c.reserved
      from (select product_id, physical, reserved
            from unnest((select ?::uuid[]), (select ?::int[]), (select ?::int[]))
              as c (product_id, physical, reserved)) c
      where s.product_id = c.product_id
      """;

  static final String ENTER =
      """
      insert into inventory.ledger
        (product_id, kind, physical_change, reserved_change, order_id, reason, at)
      select product_id, kind, physical_change, reserved_change, order_id, reason, ?
      from unnest(?::uuid[], ?::text[], ?::int[], ?::int[], ?::uuid[], ?::text[]) with ordinality
        as e (product_id, kind, physical_change, reserved_change, order_id, reason, place)
      order by place
      """;

  private static final String STATS =
      """
      select count(*) as products,
        coalesce(sum(s.physical), 0) as stock,
        coalesce(sum(s.reserved), 0) as reserved,
        count(*) filter (where p.active and s.physical - s.reserved <= p.min_stock) as low_stock,
        count(*) filter (where p.active and s.physical = s.reserved) as depleted,
        (select count(*) from inventory.reservation where status = 'RESERVED') as active_reservations
      from inventory.product p join inventory.stock s on s.product_id = p.id
      """;

  @Override
  public List<StockLevel> lock(Collection<UUID> productIds, UnitOfWork tx) {
    return Jdbc.in(tx)
        .query(
            LOCK,
            Jdbc.bound((Object) productIds.toArray(UUID[]::new)),
            (row, number) -> level(row));
  }

  @Override
  public void save(List<StockLevel> levels, List<LedgerEntry> ledger, Instant at, UnitOfWork tx) {
    JdbcTemplate jdbc = Jdbc.in(tx);
    if (!levels.isEmpty()) {
      jdbc.update(
          SAVE,
          Jdbc.bound(
              levels.stream().map(StockLevel::productId).toArray(UUID[]::new),
              levels.stream().map(StockLevel::physical).toArray(Integer[]::new),
              levels.stream().map(StockLevel::reserved).toArray(Integer[]::new)));
    }
    if (!ledger.isEmpty()) {
      @Nullable UUID[] orders = ledger.stream().map(LedgerEntry::orderId).toArray(UUID[]::new);
      @Nullable String[] reasons = ledger.stream().map(LedgerEntry::reason).toArray(String[]::new);
      jdbc.update(
          ENTER,
          Jdbc.bound(
              at,
              ledger.stream().map(LedgerEntry::productId).toArray(UUID[]::new),
              ledger.stream().map(entry -> entry.kind().wire()).toArray(String[]::new),
              ledger.stream().map(LedgerEntry::physicalChange).toArray(Integer[]::new),
              ledger.stream().map(LedgerEntry::reservedChange).toArray(Integer[]::new),
              orders,
              reasons));
    }
  }

  @Override
  public Stats stats(UnitOfWork tx) {
    return Objects.requireNonNull(
        Jdbc.in(tx)
            .queryForObject(
                STATS,
                (row, number) ->
                    new Stats(
                        row.getLong("products"),
                        row.getLong("stock"),
                        row.getLong("reserved"),
                        row.getLong("low_stock"),
                        row.getLong("depleted"),
                        row.getLong("active_reservations"))));
  }

  private static StockLevel level(ResultSet row) throws SQLException {
    return new StockLevel(
        Jdbc.uuid(row, "product_id"),
        row.getString("sku"),
        row.getInt("min_stock"),
        row.getBoolean("active"),
        row.getInt("physical"),
        row.getInt("reserved"));
  }
}
