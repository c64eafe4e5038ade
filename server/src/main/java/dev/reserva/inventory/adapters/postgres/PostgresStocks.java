package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Place;
import dev.reserva.inventory.domain.ProductStock;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.UnitOfWork.Session;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tables {@code inventory.stock} and {@code inventory.ledger}. */
public final class PostgresStocks implements Stocks {

  /**
   * Each row is found by the newest revisions, one product and location after the other, in their
   * order: the rows are locked as they are gone through.
   */
  static final String LOCK =
      """
      select s.product_id, s.location, s.physical, s.reserved, s.safety_stock, s.awaited, s.revision,
        wanted.priority, wanted.location_active, p.sku, p.min_stock, p.active, p.backorder_policy,
        p.backorder_limit, p.backorder_expected_at
      from (
          select product.id, l.code, l.priority, l.active as location_active
          from (
            select unnest(?::uuid[]) as id
            union
            select unnest(r.product_ids || r.awaited_products) from inventory.reservation r
            where r.order_id = any ((select ?::uuid[])::uuid[])
            ) product
            cross join inventory.location l
          order by product.id, l.code
        ) wanted
        cross join lateral (
          select product_id, location, physical, reserved, safety_stock, awaited, revision
          from inventory.stock
          where product_id = wanted.id and location = wanted.code
          order by revision_group desc
          limit 1
          for update
        ) s
        join inventory.product p on p.id = s.product_id
      """;

  private static final String WHERE_LACKING =
      """
      from unnest(?::uuid[], ?::text[]) as wanted (product_id, location)
      where not exists (
          select from inventory.stock s
          where s.product_id = wanted.product_id and s.location = wanted.location)
        and exists (
          select from inventory.product p
          where p.id = wanted.product_id and p.bundle_products is null)
        and exists (select from inventory.location l where l.code = wanted.location)
      """;

  private static final String LACKING =
      "select wanted.product_id, wanted.location\n" + WHERE_LACKING;

  private static final String LOCK_LOCATIONS =
      """
      select code from inventory.location where code = any (?) order by code for no key update
      """;

  private static final String OPEN =
      "insert into inventory.stock (product_id, location, physical, reserved)\n"
          + "select wanted.product_id, wanted.location, 0, 0\n"
          + WHERE_LACKING;

  static final String SAVE =
      """
      update inventory.stock s
      set physical = c.physical, reserved = c.reserved, safety_stock = c.safety_stock,
        awaited = c.awaited, revision = c.revision + 1, revision_group = (c.revision + 1) / 32
      from (select product_id, location, physical, reserved, safety_stock, awaited, revision
            from unnest((select ?::uuid[]), (select ?::text[]), (select ?::int[]), (select ?::int[]),
                (select ?::int[]), (select ?::int[]), (select ?::bigint[]))
              as c (product_id, location, physical, reserved, safety_stock, awaited, revision)) c
      where s.product_id = c.product_id and s.location = c.location
        and s.revision_group = c.revision / 32
      """;

  static final String ENTER =
      """
      insert into inventory.ledger
        (product_id, location, kind, physical_change, reserved_change, order_id, reason, actor, at)
      select product_id, location, kind, physical_change, reserved_change, order_id, reason, actor, ?
      from unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::int[], ?::uuid[], ?::text[], ?::text[])
        with ordinality
        as e (product_id, location, kind, physical_change, reserved_change, order_id, reason, actor,
          place)
      order by place
      """;

  private static final String OF_PRODUCT =
      """
      select s.product_id, s.location, s.physical, s.reserved, s.safety_stock, s.awaited, l.priority,
        l.active as location_active
      from inventory.stock s join inventory.location l on l.code = s.location
      where s.product_id = ?
      order by l.priority, l.code
      """;

  static final String NEXT_TO_ALLOCATE =
      """
      select s.product_id
      from inventory.stock s join inventory.product p on p.id = s.product_id
      where s.awaited > 0 and s.product_id > ?
        and not (p.backorder_policy = 'preorder' and p.backorder_expected_at > now())
        and (select servable from inventory.stocked i where i.product_id = s.product_id) > 0
      order by s.product_id
      limit 1
      """;

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private static final String STATS =
      """
      select count(*) as products,
        coalesce(sum(s.physical), 0) as stock,
        coalesce(sum(s.reserved), 0) as reserved,
        coalesce(sum(s.available), 0) as available,
        coalesce(sum(s.awaited), 0) as awaited,
        count(*) filter (where p.active and s.available <= p.min_stock) as low_stock,
        count(*) filter (where p.active and s.available = 0) as depleted,
        (select count(*) from inventory.reservation where status = 'RESERVED') as active_reservations
      from inventory.product p left join inventory.stocked s on s.product_id = p.id
      """;

  @Override
  public void open(Map<LocationCode, Set<UUID>> shelves, UnitOfWork tx) {
    List<Shelf> wanted = new ArrayList<>();
    shelves.forEach((location, products) ->
        products.forEach(product -> wanted.add(new Shelf(product, location.value()))));
    Statements statements = Statements.of(tx);
    List<Shelf> lacking =
        statements.query(
            LACKING,
            row -> new Shelf(Rows.uuid(row, "product_id"), row.getString("location")),
            Columns.uuids(wanted, Shelf::productId),
            Columns.texts(wanted, Shelf::location));
    if (lacking.isEmpty()) {
      return;
    }
    // Whoever makes a row holds its location, and the insert looks again: there is one row of each.
    statements.query(
        LOCK_LOCATIONS,
        _ -> true,
        (Object) lacking.stream().map(Shelf::location).distinct().toArray(String[]::new));
    statements.update(
        OPEN, Columns.uuids(lacking, Shelf::productId), Columns.texts(lacking, Shelf::location));
  }

  @Override
  public List<ProductStock> lock(
      Collection<UUID> productIds, Collection<UUID> orderIds, UnitOfWork tx) {
    Revisions revisions = Revisions.of(tx);
    Map<UUID, ProductStock> products = new LinkedHashMap<>();
    Statements.of(tx)
        .queryAndClock(
            LOCK,
            row -> {
              StockLevel level = level(row);
              revisions.locked(level, row.getLong("revision"));
              ProductStock known = products.get(level.productId());
              return products.put(
                  level.productId(), known == null ? product(row, level) : known.and(level));
            },
            productIds.toArray(UUID[]::new),
            orderIds.toArray(UUID[]::new));
    return List.copyOf(products.values());
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
          Columns.texts(levels, level -> level.location().value()),
          Columns.integers(levels, StockLevel::physical),
          Columns.integers(levels, StockLevel::reserved),
          Columns.integers(levels, StockLevel::safetyStock),
          Columns.integers(levels, StockLevel::awaited),
          Columns.longs(levels, revisions::written));
    }
    if (!ledger.isEmpty()) {
      statements.write(
          ENTER,
          at,
          Columns.uuids(ledger, LedgerEntry::productId),
          Columns.texts(ledger, entry -> entry.location().value()),
          Columns.texts(ledger, entry -> entry.kind().wire()),
          Columns.integers(ledger, LedgerEntry::physicalChange),
          Columns.integers(ledger, LedgerEntry::reservedChange),
          Columns.uuids(ledger, LedgerEntry::orderId),
          Columns.texts(ledger, LedgerEntry::reason),
          Columns.texts(ledger, LedgerEntry::actor));
    }
  }

  @Override
  public Optional<UUID> nextToAllocate(@Nullable UUID after, UnitOfWork tx) {
    return Statements.of(tx)
        .query(
            NEXT_TO_ALLOCATE,
            row -> Rows.uuid(row, "product_id"),
            Objects.requireNonNullElse(after, BEFORE_ALL))
        .stream()
        .findFirst();
  }

  @Override
  public List<StockLevel> of(UUID productId, UnitOfWork tx) {
    return Statements.of(tx).query(OF_PRODUCT, PostgresStocks::level, productId);
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
                    row.getLong("available"),
                    row.getLong("awaited"),
                    row.getLong("low_stock"),
                    row.getLong("depleted"),
                    row.getLong("active_reservations")))
        .getFirst();
  }

  /** The revisions of the rows that a transaction has locked. */
  private static final class Revisions implements Session {

    private final Map<Shelf, Long> revisions = new HashMap<>();

    static Revisions of(UnitOfWork tx) {
      return tx.session(Revisions.class, Revisions::new);
    }

    void locked(StockLevel level, long revision) {
      revisions.putIfAbsent(Shelf.of(level), revision);
    }

    /** The revision of a row that is about to be written. */
    long written(StockLevel level) {
      Long revision = revisions.get(Shelf.of(level));
      if (revision == null) {
        throw new IllegalArgumentException(
            "stock of %s at %s was not locked".formatted(level.productId(), level.location()));
      }
      revisions.put(Shelf.of(level), revision + 1);
      return revision;
    }

    @Override
    public void flush() {
      // Rows are written by the book of stock.
    }
  }

  /** What one row of the table counts. */
  private record Shelf(UUID productId, String location) {
    static Shelf of(StockLevel level) {
      return new Shelf(level.productId(), level.location().value());
    }
  }

  private static ProductStock product(ResultSet row, StockLevel level) throws SQLException {
    return new ProductStock(
        level.productId(),
        row.getString("sku"),
        row.getInt("min_stock"),
        row.getBoolean("active"),
        BackorderColumns.read(row),
        List.of(level));
  }

  private static StockLevel level(ResultSet row) throws SQLException {
    return new StockLevel(
        Rows.uuid(row, "product_id"),
        new Place(
            LocationCode.of(row.getString("location")),
            row.getInt("priority"),
            row.getBoolean("location_active")),
        row.getInt("safety_stock"),
        row.getInt("physical"),
        row.getInt("reserved"),
        row.getInt("awaited"));
  }
}
