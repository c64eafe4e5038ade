package dev.reserva.messaging.store;

import dev.reserva.messaging.DeadLetters.Detail;
import dev.reserva.messaging.ParkedEvents;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parked events on PostgreSQL, for reading. */
public final class PostgresParkedEvents implements ParkedEvents {

  private static final String COLUMNS =
      """
      p.id, p.subscription, p.position, p.status, p.attempts, p.due_at, p.event_id, %s, p.error_type,
        p.error_message, p.first_failed_at
      """
          .formatted(EventColumns.of("p"));

  // No UUID is higher. The index begins with the subscription, so each is searched by itself.
  static final String SELECT_HEADS =
      """
      select %s
      from messaging.subscription s
      cross join lateral (
        select * from messaging.parked
        where subscription = s.name and status <> 'WAITING'
          and key < coalesce(?::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        order by key desc, position desc
        limit ?) p
      order by p.key desc, p.subscription, p.position
      limit ?
      """
          .formatted(COLUMNS);

  static final String SELECT_OF_KEY =
      """
      select %s
      from messaging.subscription s
      join messaging.parked p on p.subscription = s.name and p.key = ?
      order by p.subscription, p.position
      limit ?
      """
          .formatted(COLUMNS);

  static final String SELECT_DEAD_LETTERS =
      DeadLetterRows.SELECT + " where d.key = ? order by d.id limit ?";

  @Override
  public List<Parked> heads(@Nullable UUID before, int limit, UnitOfWork snapshot) {
    return Sql.query(
        Sql.connection(snapshot), SELECT_HEADS, PostgresParkedEvents::parked, before, limit, limit);
  }

  @Override
  public List<Parked> ofKey(UUID key, int limit, UnitOfWork snapshot) {
    return Sql.query(
        Sql.connection(snapshot), SELECT_OF_KEY, PostgresParkedEvents::parked, key, limit);
  }

  @Override
  public List<Detail> deadLettersOfKey(UUID key, int limit, UnitOfWork snapshot) {
    return Sql.query(
        Sql.connection(snapshot),
        SELECT_DEAD_LETTERS,
        row -> PostgresDeadLetters.detail(row, snapshot),
        key,
        limit);
  }

  private static Parked parked(ResultSet row) throws SQLException {
    return new Parked(
        EventColumns.uuid(row, "id"),
        EventColumns.text(row, "subscription"),
        row.getLong("position"),
        State.valueOf(EventColumns.text(row, "status")),
        EventColumns.read(row, "event_id"),
        row.getInt("attempts"),
        Rows.instantOrNull(row, "due_at"),
        failure(row));
  }

  private static @Nullable Failure failure(ResultSet row) throws SQLException {
    Instant since = Rows.instantOrNull(row, "first_failed_at");
    return since == null
        ? null
        : new Failure(
            Objects.requireNonNullElse(row.getString("error_type"), ""),
            Objects.requireNonNullElse(row.getString("error_message"), ""),
            since);
  }
}
