package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.ConcurrentReservation;
import dev.reserva.inventory.application.Reservations;
import dev.reserva.inventory.domain.AllocationReason;
import dev.reserva.inventory.domain.Awaited;
import dev.reserva.inventory.domain.Held;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Conditions;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Table {@code inventory.reservation}. */
public final class PostgresReservations implements Reservations {

  private static final String COLUMNS =
      """
      select id, order_id, status, product_ids, quantities, expires_at, created_at, ended_at,
        renewals, settled, returned_at, extended, locations, allocation, awaited_products,
        awaited_quantities, awaited_dates
      from inventory.reservation
      """;

  static final String LOCK_BY_ORDER =
      COLUMNS
          + """
          where order_id = any ((select ?::uuid[])::uuid[])
          order by order_id
          for update
          """;

  private static final String NO_TOMBSTONE =
      "(cardinality(product_ids) > 0 or awaited_products is not null)";

  private static final String FIND = COLUMNS + "where id = ? and " + NO_TOMBSTONE + "\n";

  private static final String LOCK = FIND + "for update\n";

  // now() is the transaction's start and thus a bound that the index can be searched by. What was
  // overdue then still is when the row is locked.
  static final String LOCK_OVERDUE =
      COLUMNS
          + """
          where status = 'RESERVED' and expires_at <= now()
          order by expires_at
          limit ?
          for update skip locked
          """;

  // The first are found before any is locked: all use cases lock in order of the orders.
  static final String LOCK_WAITING =
      COLUMNS
          + """
          where id = any (array(
              select id from inventory.reservation
              where status = 'RESERVED' and awaited_products is not null
                and awaited_products @> array[?::uuid] and expires_at > now()
              order by id
              limit ?))
          order by order_id
          for update
          """;

  static final String ADD =
      """
      insert into inventory.reservation (id, order_id, status, product_ids, quantities, locations,
        allocation, expires_at, created_at, ended_at, renewals, settled, returned_at,
        awaited_products, awaited_quantities, awaited_dates)
      select id, order_id, status, product_ids::uuid[], quantities::int[], locations::text[],
        allocation, expires_at, created_at, ended_at, renewals, settled, returned_at,
        awaited_products::uuid[], awaited_quantities::int[], awaited_dates::timestamptz[]
      from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::int[], ?::bool[], ?::timestamptz[],
        ?::text[], ?::text[], ?::text[])
        as r (id, order_id, status, product_ids, quantities, locations, allocation, expires_at,
          created_at, ended_at, renewals, settled, returned_at, awaited_products,
          awaited_quantities, awaited_dates)
      order by order_id
      on conflict (order_id) do nothing
      """;

  static final String REPLACE =
      """
      update inventory.reservation r
      set status = c.status, ended_at = c.ended_at, renewals = c.renewals, settled = c.settled,
        returned_at = c.returned_at
      from (select id, status, ended_at, renewals, settled, returned_at
            from unnest((select ?::uuid[]), (select ?::text[]), (select ?::timestamptz[]),
              (select ?::int[]), (select ?::bool[]), (select ?::timestamptz[]))
              as c (id, status, ended_at, renewals, settled, returned_at)) c
      where r.id = c.id
      """;

  static final String REWRITE =
      """
      update inventory.reservation r
      set status = c.status, ended_at = c.ended_at, settled = c.settled, expires_at = c.expires_at,
        product_ids = c.product_ids::uuid[], quantities = c.quantities::int[],
        locations = c.locations::text[], allocation = c.allocation,
        awaited_products = c.awaited_products::uuid[],
        awaited_quantities = c.awaited_quantities::int[],
        awaited_dates = c.awaited_dates::timestamptz[]
      from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::bool[], ?::timestamptz[], ?::text[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
          as c (id, status, ended_at, settled, expires_at, product_ids, quantities, locations,
            allocation, awaited_products, awaited_quantities, awaited_dates)
      where r.id = c.id
      """;

  private static final String EXTEND =
      "update inventory.reservation set expires_at = ?, extended = ? where id = ?";

  @Override
  public Supplier<List<Reservation>> lockByOrder(Collection<UUID> orderIds, UnitOfWork tx) {
    return Statements.of(tx)
        .ask(
            LOCK_BY_ORDER,
            PostgresReservations::reservation,
            (Object) orderIds.toArray(UUID[]::new));
  }

  @Override
  public Optional<Reservation> lock(UUID id, UnitOfWork tx) {
    return query(LOCK, tx, id).stream().findFirst();
  }

  @Override
  public List<Reservation> lockOverdue(int limit, UnitOfWork tx) {
    return query(LOCK_OVERDUE, tx, limit);
  }

  @Override
  public List<Reservation> lockWaiting(UUID productId, int limit, UnitOfWork tx) {
    return query(LOCK_WAITING, tx, productId, limit);
  }

  @Override
  public void add(List<Reservation> reservations, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            added -> {
              if (added < reservations.size()) {
                throw new ConcurrentReservation(
                    "%d of %d orders got a reservation meanwhile"
                        .formatted(reservations.size() - added, reservations.size()));
              }
            },
            ADD,
            Columns.uuids(reservations, Reservation::id),
            Columns.uuids(reservations, Reservation::orderId),
            Columns.texts(reservations, it -> it.status().name()),
            Columns.texts(reservations, it -> Columns.literal(it.lines(), Held::productId)),
            Columns.texts(reservations, it -> Columns.literal(it.lines(), Held::quantity)),
            Columns.texts(reservations, PostgresReservations::locations),
            Columns.texts(reservations, PostgresReservations::allocation),
            Columns.instants(reservations, Reservation::expiresAt),
            Columns.instants(reservations, Reservation::createdAt),
            Columns.instants(reservations, Reservation::endedAt),
            Columns.integers(reservations, Reservation::renewals),
            Columns.booleans(reservations, Reservation::settled),
            Columns.instants(reservations, Reservation::returnedAt),
            Columns.texts(reservations, it -> awaited(it, Awaited::productId)),
            Columns.texts(reservations, it -> awaited(it, Awaited::quantity)),
            Columns.texts(reservations, it -> awaited(it, Awaited::expectedAt)));
  }

  @Override
  public void rewrite(List<Reservation> reservations, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            REWRITE,
            Columns.uuids(reservations, Reservation::id),
            Columns.texts(reservations, it -> it.status().name()),
            Columns.instants(reservations, Reservation::endedAt),
            Columns.booleans(reservations, Reservation::settled),
            Columns.instants(reservations, Reservation::expiresAt),
            Columns.texts(reservations, it -> Columns.literal(it.lines(), Held::productId)),
            Columns.texts(reservations, it -> Columns.literal(it.lines(), Held::quantity)),
            Columns.texts(reservations, PostgresReservations::locations),
            Columns.texts(reservations, PostgresReservations::allocation),
            Columns.texts(reservations, it -> awaited(it, Awaited::productId)),
            Columns.texts(reservations, it -> awaited(it, Awaited::quantity)),
            Columns.texts(reservations, it -> awaited(it, Awaited::expectedAt)));
  }

  @Override
  public void replace(List<Reservation> reservations, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            REPLACE,
            Columns.uuids(reservations, Reservation::id),
            Columns.texts(reservations, it -> it.status().name()),
            Columns.instants(reservations, Reservation::endedAt),
            Columns.integers(reservations, Reservation::renewals),
            Columns.booleans(reservations, Reservation::settled),
            Columns.instants(reservations, Reservation::returnedAt));
  }

  @Override
  public void extend(Reservation reservation, UnitOfWork tx) {
    Statements.of(tx)
        .update(EXTEND, reservation.expiresAt(), reservation.extended(), reservation.id());
  }

  @Override
  public Optional<Reservation> find(UUID id, UnitOfWork tx) {
    return query(FIND, tx, id).stream().findFirst();
  }

  @Override
  public List<Reservation> list(
      @Nullable ReservationStatus status,
      @Nullable UUID orderId,
      @Nullable UUID before,
      int limit,
      UnitOfWork tx) {
    Conditions conditions =
        new Conditions()
            .and(NO_TOMBSTONE)
            .andIfPresent("order_id = ?", orderId)
            .andIfPresent("id < ?", before);
    if (status != null) {
      conditions.and("status = '" + status.name() + "'"); // spelt out, as in the partial index
    }
    return query(
        COLUMNS + conditions.where() + "order by id desc limit ?", tx, conditions.values(limit));
  }

  private static List<Reservation> query(String sql, UnitOfWork tx, @Nullable Object... values) {
    return Statements.of(tx).query(sql, PostgresReservations::reservation, values);
  }

  /** Absent if the default location holds every line, as most do. */
  private static @Nullable String locations(Reservation reservation) {
    return reservation.lines().stream().allMatch(line -> line.location().isMain())
        ? null
        : Columns.literal(reservation.lines(), Held::location);
  }

  /** Absent if the order waits for nothing. */
  private static @Nullable String awaited(
      Reservation reservation, Function<Awaited, @Nullable Object> column) {
    return reservation.awaited().isEmpty() ? null : Columns.literal(reservation.awaited(), column);
  }

  private static @Nullable String allocation(Reservation reservation) {
    AllocationReason reason = reservation.allocation();
    return reason == AllocationReason.ONLY_LOCATION ? null : reason.name();
  }

  private static Reservation reservation(ResultSet row) throws SQLException {
    UUID[] products = (UUID[]) row.getArray("product_ids").getArray();
    Integer[] quantities = (Integer[]) row.getArray("quantities").getArray();
    Array locations = row.getArray("locations");
    String[] codes = locations == null ? null : (String[]) locations.getArray();
    List<Held> lines = new ArrayList<>(products.length);
    for (int i = 0; i < products.length; i++) {
      LocationCode location = codes == null ? LocationCode.MAIN : LocationCode.of(codes[i]);
      lines.add(new Held(products[i], location, quantities[i]));
    }
    String allocation = row.getString("allocation");
    return new Reservation(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "order_id"),
        ReservationStatus.valueOf(row.getString("status")),
        lines,
        awaited(row),
        allocation == null ? AllocationReason.ONLY_LOCATION : AllocationReason.valueOf(allocation),
        Rows.instant(row, "expires_at"),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "ended_at"),
        row.getInt("renewals"),
        row.getBoolean("settled"),
        Rows.instantOrNull(row, "returned_at"),
        row.getBoolean("extended"));
  }

  private static List<Awaited> awaited(ResultSet row) throws SQLException {
    Array products = row.getArray("awaited_products");
    if (products == null) {
      return List.of();
    }
    UUID[] ids = (UUID[]) products.getArray();
    Integer[] quantities = (Integer[]) row.getArray("awaited_quantities").getArray();
    @Nullable Timestamp[] dates = (Timestamp[]) row.getArray("awaited_dates").getArray();
    List<Awaited> awaited = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      Timestamp date = dates[i];
      awaited.add(new Awaited(ids[i], quantities[i], date == null ? null : date.toInstant()));
    }
    return awaited;
  }
}
