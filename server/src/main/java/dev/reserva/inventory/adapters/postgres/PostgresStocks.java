package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.UnitOfWork.Session;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tables {@code inventory.stock} and {@code inventory.ledger}. */
public final class PostgresStocks implements Stocks {

  /**
   * Each row is found by the newest revisions, one product after the other, in their order: the
   * rows are locked as the products are gone through.
   */
  static final String LOCK =
      """
      select s.product_id, s.physical, s.reserved, s.revision, p.sku, p.min_stock, p.active
      from (
          select unnest(?::uuid[]) as id
          union
          select unnest(r.product_ids) from inventory.reservation r
          where r.order_id = any ((select ?::uuid[])::uuid[])
          order by id
        ) wanted
        cross join lateral (
          select product_id, physical, reserved, revision from inventory.stock
          where product_id = wanted.id
          order by revision_group desc
          limit 1
          for update
        ) s
        join inventory.product p on p.id = s.product_id
      """;

  static final String SAVE =
      """
      update inventory.stock s
      set physical = c.physical, reserved = c.reserved, revision = c.revision + 1,
        revision_group = (c.revision + 1) / 32
      from (select product_id, physical, reserved, revision
            from unnest((select ?::uuid[]), (select ?::int[]), (select ?::int[]), (select ?::bigint[]))
              as c (product_id, physical, reserved, revision)) c
      where s.product_id = c.product_id and s.revision_group = c.revision / 32
      """;

  static final String ENTER =
      """
      insert into inventory.ledger
        (product_id, kind, physical_change, reserved_change, order_id, reason, actor, at)
      select product_id, kind, physical_change, reserved_change, order_id, reason, actor, ?
      from unnest(?::uuid[], ?::text[], ?::int[], ?::int[], ?::uuid[], ?::text[], ?::text[])
        with ordinality
        as e (product_id, kind, physical_change, reserved_change, order_id, reason, actor, place)
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
  public List<StockLevel> lock(
      Collection<UUID> productIds, Collection<UUID> orderIds, UnitOfWork tx) {
    Revisions revisions = Revisions.of(tx);
    return Statements.of(tx)
        .queryAndClock(
            LOCK,
            row -> {
              StockLevel level = level(row);
              revisions.locked(level.productId(), row.getLong("revision"));
              return level;
            },
            productIds.toArray(UUID[]::new),
            orderIds.toArray(UUID[]::new));
  }

  @Override
  public void save(List<StockLevel> levels, List<LedgerEntry> ledger, Instant at, UnitOfWork tx) {
    Statements statements = Statements.of(tx);
    Revisions revisions = Revisions.of(tx);
    if (!levels.isEmpty()) {
      statements.write(
          saved -> {
            if (saved != levels.size()) {
              throw new IllegalStateException(
                  "of %d locked stock levels %d could be written".formatted(levels.size(), saved));
            }
          },
          SAVE,
          Columns.uuids(levels, StockLevel::productId),
          Columns.integers(levels, StockLevel::physical),
          Columns.integers(levels, StockLevel::reserved),
          Columns.longs(levels, level -> revisions.written(level.productId())));
    }
    if (!ledger.isEmpty()) {
      statements.write(
          ENTER,
          at,
          Columns.uuids(ledger, LedgerEntry::productId),
          Columns.texts(ledger, entry -> entry.kind().wire()),
          Columns.integers(ledger, LedgerEntry::physicalChange),
          Columns.integers(ledger, LedgerEntry::reservedChange),
          Columns.uuids(ledger, LedgerEntry::orderId),
          Columns.texts(ledger, LedgerEntry::reason),
          Columns.texts(ledger, LedgerEntry::actor));
    }
  }

  @Override
  public Stats stats(UnitOfWork tx) {
    return Statements.of(tx)
        .query(
            STATS,
            row ->
                new Stats(
                    row.getLong("products"),
                    row.getLong("stock"),
                    row.getLong("reserved"),
                    row.getLong("low_stock"),
                    row.getLong("depleted"),
                    row.getLong("active_reservations")))
        .getFirst();
  }

  /** The revisions of the rows that a transaction has locked. */
  private static final class Revisions implements Session {

    private final Map<UUID, Long> revisions = new HashMap<>();

    static Revisions of(UnitOfWork tx) {
      return tx.session(Revisions.class, Revisions::new);
    }

    void locked(UUID productId, long revision) {
      revisions.putIfAbsent(productId, revision);
    }

    /** The revision of a row that is about to be written. */
    long written(UUID productId) {
      Long revision = revisions.get(productId);
      if (revision == null) {
        throw new IllegalArgumentException("stock of %s was not locked".formatted(productId));
      }
      revisions.put(productId, revision + 1);
      return revision;
    }

    @Override
    public void flush() {
      // Rows are written by the book of stock.
    }
  }

  private static StockLevel level(ResultSet row) throws SQLException {
    return new StockLevel(
        Rows.uuid(row, "product_id"),
        row.getString("sku"),
        row.getInt("min_stock"),
        row.getBoolean("active"),
        row.getInt("physical"),
        row.getInt("reserved"));
  }
}
