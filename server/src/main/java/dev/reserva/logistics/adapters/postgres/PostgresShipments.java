package dev.reserva.logistics.adapters.postgres;

import dev.reserva.logistics.application.Shipments;
import dev.reserva.logistics.domain.Fulfilment;
import dev.reserva.logistics.domain.Location;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Conditions;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table {@code logistics.shipment}. */
public final class PostgresShipments implements Shipments {

  private static final String COLUMNS =
      """
      select id, order_id, customer_id, location, part, status, product_ids, skus, names, ordered,
        quantities, carrier, tracking_code, created_at, dispatched_at, delivered_at, ended_at, version
      from logistics.shipment
      """;

  // The first shipment has the order's id and stands for the order. A statement that waits for a
  // lock does not see rows that were added meanwhile, so the others are read by a statement of
  // their own.
  static final String LOCK =
      COLUMNS + "where id = any ((select ?::uuid[])::uuid[]) order by id for update";

  static final String FURTHER =
      COLUMNS
          + "where order_id = any ((select ?::uuid[])::uuid[]) and part > 1 order by order_id, part";

  static final String BY_ORDER =
      COLUMNS
          + """
          where id = any ((select ?::uuid[])::uuid[])
            or (order_id = any ((select ?::uuid[])::uuid[]) and part > 1)
          order by order_id, part
          """;

  private static final String ORDER_OF =
      "select order_id from logistics.shipment where id = ? and cardinality(product_ids) > 0";

  private static final String FIND = COLUMNS + "where id = ? and cardinality(product_ids) > 0";

  static final String ADD =
      """
      insert into logistics.shipment (id, order_id, customer_id, location, part, status, product_ids,
        skus, names, ordered, quantities, carrier, tracking_code, created_at, dispatched_at,
        delivered_at, ended_at, version)
      select id, order_id, customer_id, location, part, status, product_ids::uuid[], skus::text[],
        names::text[], ordered::int[], quantities::int[], carrier, tracking_code, created_at,
        dispatched_at, delivered_at, ended_at, version
      from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[],
        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
        ?::timestamptz[], ?::timestamptz[], ?::int[])
        as n (id, order_id, customer_id, location, part, status, product_ids, skus, names, ordered,
          quantities, carrier, tracking_code, created_at, dispatched_at, delivered_at, ended_at, version)
      """;

  static final String REPLACE =
      """
      update logistics.shipment s
      set status = n.status, product_ids = n.product_ids::uuid[], skus = n.skus::text[],
        names = n.names::text[], ordered = n.ordered::int[], quantities = n.quantities::int[],
        carrier = n.carrier, tracking_code = n.tracking_code, dispatched_at = n.dispatched_at,
        delivered_at = n.delivered_at, ended_at = n.ended_at, version = n.version
      from (select * from unnest((select ?::uuid[]), (select ?::text[]), (select ?::text[]),
          (select ?::text[]), (select ?::text[]), (select ?::text[]), (select ?::text[]),
          (select ?::text[]), (select ?::text[]), (select ?::timestamptz[]), (select ?::timestamptz[]),
          (select ?::timestamptz[]), (select ?::int[]))
          as n (id, status, product_ids, skus, names, ordered, quantities, carrier, tracking_code,
            dispatched_at, delivered_at, ended_at, version)) n
      where s.id = n.id
      """;

  private static final String PICKING_LIST =
      """
      select product_id, max(sku) as sku, max(name) as name, sum(quantity) as quantity,
        count(*) as shipments,
        (array_agg(id order by id))[1:?::int] as oldest,
        (array_agg(quantity order by id))[1:?::int] as needs
      from (
        select s.id, line.product_id, line.sku, line.name, line.quantity
        from logistics.shipment s,
          unnest(s.product_ids, s.skus, s.names, s.quantities) as line (product_id, sku, name, quantity)
        where s.status = 'PREPARING' and s.location = ?
      ) wanted
      where ?::uuid is null or product_id < ?::uuid
      group by product_id
      order by product_id desc
      limit ?
      """;

  @Override
  public Map<UUID, Fulfilment> lock(Collection<UUID> orderIds, UnitOfWork tx) {
    UUID[] ids = new TreeSet<>(orderIds).toArray(UUID[]::new);
    Statements statements = Statements.of(tx);
    List<Shipment> first = statements.queryAndClock(LOCK, ShipmentRows::shipment, (Object) ids);
    Map<UUID, List<Shipment>> found = new HashMap<>();
    first.forEach(it -> found.put(it.orderId(), new ArrayList<>(List.of(it))));
    if (!found.isEmpty()) {
      Object known = found.keySet().toArray(UUID[]::new);
      statements
          .query(FURTHER, ShipmentRows::shipment, known)
          .forEach(it -> Objects.requireNonNull(found.get(it.orderId())).add(it));
    }
    Map<UUID, Fulfilment> fulfilments = new LinkedHashMap<>();
    for (UUID order : ids) {
      fulfilments.put(order, Fulfilment.of(order, found.getOrDefault(order, List.of())));
    }
    return fulfilments;
  }

  @Override
  public Optional<Fulfilment> lock(UUID shipmentId, UnitOfWork tx) {
    return Statements.of(tx).query(ORDER_OF, row -> Rows.uuid(row, "order_id"), shipmentId).stream()
        .findFirst()
        .map(order -> Objects.requireNonNull(lock(List.of(order), tx).get(order)));
  }

  @Override
  public void save(Collection<Fulfilment> fulfilments, UnitOfWork tx) {
    List<Shipment> added = fulfilments.stream().flatMap(it -> it.added().stream()).toList();
    List<Shipment> changed = fulfilments.stream().flatMap(it -> it.changed().stream()).toList();
    if (!changed.isEmpty()) {
      replace(changed, tx);
    }
    if (!added.isEmpty()) {
      add(added, tx);
    }
  }

  private static void add(List<Shipment> added, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            ADD,
            Columns.uuids(added, Shipment::id),
            Columns.uuids(added, Shipment::orderId),
            Columns.uuids(added, Shipment::customerId),
            Columns.texts(added, it -> it.location().code()),
            Columns.integers(added, Shipment::part),
            Columns.texts(added, it -> it.status().name()),
            Columns.texts(added, ShipmentRows::products),
            Columns.texts(added, ShipmentRows::skus),
            Columns.texts(added, ShipmentRows::names),
            Columns.texts(added, ShipmentRows::ordered),
            Columns.texts(added, ShipmentRows::quantities),
            Columns.texts(added, it -> it.carriage().carrier()),
            Columns.texts(added, it -> it.carriage().trackingCode()),
            Columns.instants(added, Shipment::createdAt),
            Columns.instants(added, Shipment::dispatchedAt),
            Columns.instants(added, Shipment::deliveredAt),
            Columns.instants(added, Shipment::endedAt),
            Columns.integers(added, Shipment::version));
  }

  private static void replace(List<Shipment> changed, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            written -> {
              if (written != changed.size()) {
                throw new IllegalStateException(
                    "of %d locked shipments %d could be written"
                        .formatted(changed.size(), written));
              }
            },
            REPLACE,
            Columns.uuids(changed, Shipment::id),
            Columns.texts(changed, it -> it.status().name()),
            Columns.texts(changed, ShipmentRows::products),
            Columns.texts(changed, ShipmentRows::skus),
            Columns.texts(changed, ShipmentRows::names),
            Columns.texts(changed, ShipmentRows::ordered),
            Columns.texts(changed, ShipmentRows::quantities),
            Columns.texts(changed, it -> it.carriage().carrier()),
            Columns.texts(changed, it -> it.carriage().trackingCode()),
            Columns.instants(changed, Shipment::dispatchedAt),
            Columns.instants(changed, Shipment::deliveredAt),
            Columns.instants(changed, Shipment::endedAt),
            Columns.integers(changed, Shipment::version));
  }

  @Override
  public Optional<Shipment> find(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, ShipmentRows::shipment, id).stream().findFirst();
  }

  @Override
  public List<Shipment> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    Conditions conditions =
        new Conditions()
            .and("cardinality(product_ids) > 0")
            .andIfPresent("customer_id = ?", filter.customerId())
            .andIfPresent("id < ?", before);
    UUID order = filter.orderId();
    if (order != null) {
      conditions.and("(id = ? or (order_id = ? and part > 1))", order, order);
    }
    if (filter.status() != null) {
      conditions.and("status = '" + filter.status() + "'"); // spelt out, as in the partial index
    }
    if (filter.location() != null) {
      conditions.and("location = ?", filter.location().code());
    }
    return Statements.of(tx)
        .query(
            COLUMNS + conditions.where() + "order by id desc limit ?",
            ShipmentRows::shipment,
            conditions.values(limit));
  }

  @Override
  public List<Picking> pickingList(
      Location location, @Nullable UUID before, int limit, int mostShipments, UnitOfWork tx) {
    return Statements.of(tx)
        .query(
            PICKING_LIST,
            PostgresShipments::picking,
            mostShipments,
            mostShipments,
            location.code(),
            before,
            before,
            limit);
  }

  private static Picking picking(ResultSet row) throws SQLException {
    UUID[] oldest = (UUID[]) row.getArray("oldest").getArray();
    Integer[] needs = (Integer[]) row.getArray("needs").getArray();
    List<Need> named = new ArrayList<>(oldest.length);
    for (int i = 0; i < oldest.length; i++) {
      named.add(new Need(oldest[i], needs[i]));
    }
    return new Picking(
        Rows.uuid(row, "product_id"),
        row.getString("sku"),
        row.getString("name"),
        row.getLong("quantity"),
        row.getLong("shipments"),
        named);
  }
}
