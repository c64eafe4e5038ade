package dev.reserva.messaging.store;

import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.RetryPolicy;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.Parking.Parked;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Retries of parked events: which are due, when the next one is, and the removal of those that were
 * handled. The database's clock judges what is due.
 */
final class ParkedRetries {

  /**
   * A retry scheduled further ahead than the longest back-off is due immediately: the clock that
   * scheduled it ran ahead and has been set right.
   *
   * <p>The conditions use the statement's time, because an index scan needs a value that stays the
   * same during the statement.
   */
  static final String SELECT_DUE =
      """
      select p.* from (
          (select key from messaging.parked
          where subscription = ? and status = 'RETRYING' and due_at <= statement_timestamp()
          order by due_at limit ?)
          union all
          (select key from messaging.parked
          where subscription = ? and status = 'RETRYING' and due_at > statement_timestamp() + ? * interval '1 millisecond'
          order by due_at limit ?)) head
        cross join lateral (
          select min(position) as position from messaging.parked
          where subscription = ? and key = head.key and status = 'DEAD') dead
        join messaging.parked p on p.subscription = ? and p.key = head.key
          and (dead.position is null or p.position < dead.position)
      order by p.position
      limit ?
      """;

  private static final String SELECT_MILLIS_UNTIL_NEXT_DUE =
      """
      select extract(epoch from min(due_at) - clock_timestamp()) * 1000
      from messaging.parked where subscription = ? and status = 'RETRYING'
      """;
  private static final String DELETE_PARKED = "delete from messaging.parked where id = any(?)";
  private static final String RESOLVE_DEAD_LETTERS =
      """
      update messaging.dead_letter set status = 'RESOLVED', closed_at = clock_timestamp()
      where id = any(?) and status = 'RETRYING'
      """;
  private static final String MAKE_HEADS_DUE =
      """
      update messaging.parked set status = 'RETRYING', due_at = clock_timestamp()
      where status = 'WAITING' and id in (
        select distinct on (key) id from messaging.parked
        where subscription = ? and key = any(?)
        order by key, position)
      """;

  private final DataSource dataSource;
  private final EventCatalogue catalogue;

  ParkedRetries(DataSource dataSource, EventCatalogue catalogue) {
    this.dataSource = dataSource;
    this.catalogue = catalogue;
  }

  List<Parked> due(String subscription, int limit) {
    return Sql.alone(
        dataSource,
        connection ->
            Sql.query(
                connection,
                SELECT_DUE,
                this::parked,
                subscription,
                limit,
                subscription,
                2 * RetryPolicy.LONGEST_PAUSE.toMillis(), // jitter can double a pause
                limit,
                subscription,
                subscription,
                limit));
  }

  private Parked parked(ResultSet row) throws SQLException {
    return new Parked(
        EventColumns.uuid(row, "id"),
        new Message(row.getLong("position"), EventColumns.read(row, "event_id"), catalogue, null),
        row.getInt("attempts"));
  }

  Optional<Duration> untilNextDue(String subscription) {
    return Sql.alone(
        dataSource,
        connection ->
            Sql.query(
                    connection, SELECT_MILLIS_UNTIL_NEXT_DUE, ParkedRetries::untilDue, subscription)
                .getFirst());
  }

  private static Optional<Duration> untilDue(ResultSet row) throws SQLException {
    double millis = row.getDouble(1);
    // Rounded up: a loop that wakes too early would find nothing due.
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.max(0, (long) millis + 1)));
  }

  /**
   * Removes events that were handled, and makes the next event of each of their keys due.
   *
   * @throws Cursors.Fenced when another process has handled one of them, or an operator has
   *     discarded it
   */
  void unpark(UnitOfWork tx, String subscription, List<Parked> handled) {
    Connection connection = Sql.connection(tx);
    Sql.query(connection, PostgresCursors.LOCK_SUBSCRIPTION, row -> true, subscription);
    UUID[] ids = handled.stream().map(Parked::id).toArray(UUID[]::new);
    if (Sql.update(connection, DELETE_PARKED, (Object) ids) != ids.length) {
      throw new Cursors.Fenced(subscription);
    }
    Sql.update(connection, RESOLVE_DEAD_LETTERS, (Object) ids);
    makeHeadsDue(
        connection,
        subscription,
        handled.stream().map(parked -> parked.message().key()).distinct().toArray(UUID[]::new));
  }

  /** Makes the first parked event of each key due if it waits. The subscription must be locked. */
  static void makeHeadsDue(Connection connection, String subscription, UUID... keys) {
    Sql.update(connection, MAKE_HEADS_DUE, subscription, keys);
  }
}
