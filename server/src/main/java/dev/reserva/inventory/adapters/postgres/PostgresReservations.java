package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.ConcurrentReservation;
import dev.reserva.inventory.application.Reservations;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.messaging.UnitOfWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.support.DataAccessUtils;

/** Table {@code inventory.reservation}. */
public final class PostgresReservations implements Reservations {

  private static final String COLUMNS =
      """
      select id, order_id, status, product_ids, quantities, expires_at, created_at, ended_at,
        renewals, settled, returned_at
      from inventory.reservation
      """;

  static final String LOCK_BY_ORDER =
      COLUMNS
          + """
          where order_id = any ((select ?::uuid[])::uuid[])
          order by order_id
          for update
          """;

  private static final String FIND = COLUMNS + "where id = ? and cardinality(product_ids) > 0\n";

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

  static final String ADD =
      """
      insert into inventory.reservation (id, order_id, status, product_ids, quantities, expires_at,
        created_at, ended_at, renewals, settled, returned_at)
      select id, order_id, status, product_ids::uuid[], quantities::int[], expires_at, created_at,
        ended_at, renewals, settled, returned_at
      from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
        ?::timestamptz[], ?::timestamptz[], ?::int[], ?::bool[], ?::timestamptz[])
        as r (id, order_id, status, product_ids, quantities, expires_at, created_at, ended_at,
          renewals, settled, returned_at)
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

  private static final String LIST =
      COLUMNS
          + """
          where cardinality(product_ids) > 0
            and (?::text is null or status = ?::text)
            and (?::uuid is null or id < ?::uuid)
          order by id desc
          limit ?
          """;

  private static final String OF_ORDER =
      COLUMNS
          + """
          where order_id = ? and cardinality(product_ids) > 0
            and (?::text is null or status = ?::text)
            and (?::uuid is null or id < ?::uuid)
          limit ?
          """;

  /** By this state the transaction's owner knows that it may simply run again. */
  private static final String SERIALIZATION_FAILURE = "40001";

  @Override
  public List<Reservation> lockByOrder(Collection<UUID> orderIds, UnitOfWork tx) {
    return query(LOCK_BY_ORDER, tx, (Object) orderIds.toArray(UUID[]::new));
  }

  @Override
  public Optional<Reservation> lock(UUID id, UnitOfWork tx) {
    return Optional.ofNullable(DataAccessUtils.singleResult(query(LOCK, tx, id)));
  }

  @Override
  public List<Reservation> lockOverdue(int limit, UnitOfWork tx) {
    return query(LOCK_OVERDUE, tx, limit);
  }

  @Override
  public void add(List<Reservation> reservations, UnitOfWork tx) {
    int added =
        Jdbc.in(tx)
            .update(
                ADD,
                Jdbc.bound(
                    column(reservations, Reservation::id, new UUID[0]),
                    column(reservations, Reservation::orderId, new UUID[0]),
                    column(reservations, it -> it.status().name(), new String[0]),
                    column(reservations, it -> array(it, Line::productId), new String[0]),
                    column(reservations, it -> array(it, Line::quantity), new String[0]),
                    column(reservations, Reservation::expiresAt, new Instant[0]),
                    column(reservations, Reservation::createdAt, new Instant[0]),
                    column(reservations, Reservation::endedAt, new Instant[0]),
                    column(reservations, Reservation::renewals, new Integer[0]),
                    column(reservations, Reservation::settled, new Boolean[0]),
                    column(reservations, Reservation::returnedAt, new Instant[0])));
    if (added < reservations.size()) {
      throw new ConcurrentReservation(
          "%d of %d orders got a reservation meanwhile"
              .formatted(reservations.size() - added, reservations.size()),
          new SQLTransactionRollbackException("concurrent reservation", SERIALIZATION_FAILURE));
    }
  }

  @Override
  public void replace(List<Reservation> reservations, UnitOfWork tx) {
    Jdbc.in(tx)
        .update(
            REPLACE,
            Jdbc.bound(
                column(reservations, Reservation::id, new UUID[0]),
                column(reservations, it -> it.status().name(), new String[0]),
                column(reservations, Reservation::endedAt, new Instant[0]),
                column(reservations, Reservation::renewals, new Integer[0]),
                column(reservations, Reservation::settled, new Boolean[0]),
                column(reservations, Reservation::returnedAt, new Instant[0])));
  }

  @Override
  public Optional<Reservation> find(UUID id, UnitOfWork tx) {
    return Optional.ofNullable(DataAccessUtils.singleResult(query(FIND, tx, id)));
  }

  @Override
  public List<Reservation> list(
      @Nullable ReservationStatus status,
      @Nullable UUID orderId,
      @Nullable UUID before,
      int limit,
      UnitOfWork tx) {
    String name = status == null ? null : status.name();
    return orderId == null
        ? query(LIST, tx, name, name, before, before, limit)
        : query(OF_ORDER, tx, orderId, name, name, before, before, limit);
  }

  private static List<Reservation> query(String sql, UnitOfWork tx, @Nullable Object... values) {
    return Jdbc.in(tx).query(sql, Jdbc.bound(values), (row, number) -> reservation(row));
  }

  private static <T extends @Nullable Object> Object column(
      List<Reservation> rows, Function<Reservation, T> value, T[] type) {
    List<T> values = new ArrayList<>(rows.size());
    rows.forEach(row -> values.add(value.apply(row)));
    return values.toArray(type);
  }

  /** The lines' products or quantities, as an array in SQL's own notation. */
  private static String array(Reservation reservation, Function<Line, Object> value) {
    return reservation.lines().stream()
        .map(line -> value.apply(line).toString())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static Reservation reservation(ResultSet row) throws SQLException {
    UUID[] products = (UUID[]) row.getArray("product_ids").getArray();
    Integer[] quantities = (Integer[]) row.getArray("quantities").getArray();
    List<Line> lines = new ArrayList<>(products.length);
    for (int i = 0; i < products.length; i++) {
      lines.add(new Line(products[i], quantities[i]));
    }
    return new Reservation(
        Jdbc.uuid(row, "id"),
        Jdbc.uuid(row, "order_id"),
        ReservationStatus.valueOf(row.getString("status")),
        lines,
        Jdbc.instant(row, "expires_at"),
        Jdbc.instant(row, "created_at"),
        Jdbc.instantOrNull(row, "ended_at"),
        row.getInt("renewals"),
        row.getBoolean("settled"),
        Jdbc.instantOrNull(row, "returned_at"));
  }
}
