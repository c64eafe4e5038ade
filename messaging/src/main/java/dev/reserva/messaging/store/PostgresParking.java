package dev.reserva.messaging.store;

import dev.reserva.messaging.DeadLetters.Announcer;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.RetryPolicy;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.Parking;
import dev.reserva.messaging.sql.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Parked events in {@code messaging.parked}, and the dead letters among them. The database's clock
 * judges retries.
 *
 * <p>Locks are taken in one order, operators' commands included: the subscription's row, then its
 * parked events and dead letters.
 */
public final class PostgresParking implements Parking {

  private static final String PARKED_HEADS =
      """
      select key, min(position) as head from messaging.parked
      where subscription = ? and key = any(?)
      group by key
      """;
  private static final String PARK_BEHIND =
      """
      insert into messaging.parked (id, subscription, position, status, attempts, event_id, %1$s)
      select e.id, ?, e.position, 'WAITING', 0, e.event_id, %2$s
      from unnest(?::uuid[], ?::bigint[], ?::uuid[], %3$s) as e (id, position, event_id, %1$s)
      on conflict (subscription, event_id) do nothing
      """
          .formatted(EventColumns.NAMES, EventColumns.of("e"), EventColumns.ARRAYS);
  private static final String PARK =
      """
      insert into messaging.parked (id, subscription, position, status, attempts, due_at, event_id, %s,
        error_type, error_message, first_failed_at)
      values (?, ?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond', ?, %s, ?, ?,
        clock_timestamp())
      on conflict (subscription, event_id) do update
      set status = excluded.status, attempts = excluded.attempts, due_at = excluded.due_at,
        error_type = excluded.error_type, error_message = excluded.error_message,
        first_failed_at = coalesce(parked.first_failed_at, excluded.first_failed_at)
      returning id
      """
          .formatted(EventColumns.NAMES, EventColumns.VALUES);

  /** A failure before the key's head, which a replay can bring about, makes a new head. */
  private static final String WAIT_BEHIND =
      """
      update messaging.parked set status = 'WAITING', due_at = null
      where subscription = ? and key = ? and position > ? and status = 'RETRYING'
      """;

  private static final String RECORD_DEAD_LETTER =
      """
      insert into messaging.dead_letter (id, subscription, position, status, attempts, event_id, %1$s,
        error_type, error_message, stack_trace, first_failed_at, last_failed_at)
      select id, subscription, position, 'OPEN', attempts, event_id, %1$s, error_type, error_message, ?,
        first_failed_at, clock_timestamp()
      from messaging.parked where id = ?
      on conflict (id) do update
      set status = 'OPEN', attempts = dead_letter.attempts + excluded.attempts,
        error_type = excluded.error_type, error_message = excluded.error_message,
        stack_trace = excluded.stack_trace, last_failed_at = excluded.last_failed_at
      """
          .formatted(EventColumns.NAMES);

  /**
   * A retry that is scheduled further ahead than the longest pause was scheduled by a clock that
   * ran ahead, and is due. The time is the statement's, since an index is not searched for a clock
   * that runs on.
   */
  static final String DUE =
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

  private static final String UNTIL_NEXT_DUE =
      """
      select extract(epoch from min(due_at) - clock_timestamp()) * 1000
      from messaging.parked where subscription = ? and status = 'RETRYING'
      """;
  private static final String UNPARK = "delete from messaging.parked where id = any(?)";
  private static final String RESOLVE =
      """
      update messaging.dead_letter set status = 'RESOLVED', closed_at = clock_timestamp()
      where id = any(?) and status = 'RETRYING'
      """;
  static final String PROMOTE =
      """
      update messaging.parked set status = 'RETRYING', due_at = clock_timestamp()
      where status = 'WAITING' and id in (
        select distinct on (key) id from messaging.parked
        where subscription = ? and key = any(?)
        order by key, position)
      """;
  private static final String PARKED_KEYS =
      "select distinct key from messaging.parked where subscription = ? limit ?";
  private static final String COUNTS =
      """
      select count(*) as parked, count(*) filter (where status = 'DEAD') as dead
      from messaging.parked where subscription = ?
      """;
  private final DataSource dataSource;
  private final EventCatalogue catalogue;
  private final Ids ids;
  private final Announcer announcer;

  /**
   * @param announcer told of each new dead letter
   */
  public PostgresParking(
      DataSource dataSource, EventCatalogue catalogue, Ids ids, Announcer announcer) {
    this.dataSource = dataSource;
    this.catalogue = catalogue;
    this.ids = ids;
    this.announcer = announcer;
  }

  @Override
  public Map<UUID, Long> parkedHeads(UnitOfWork tx, String subscription, Collection<UUID> keys) {
    Connection connection = Sql.connection(tx);
    Sql.query(connection, PostgresCursors.LOCK, row -> true, subscription);
    Map<UUID, Long> heads = new HashMap<>();
    Sql.query(
        connection,
        PARKED_HEADS,
        row -> heads.put(EventColumns.uuid(row, "key"), row.getLong("head")),
        subscription,
        keys.toArray(UUID[]::new));
    return heads;
  }

  @Override
  public int parkBehind(UnitOfWork tx, String subscription, List<Message> messages) {
    List<Event> events = messages.stream().map(Message::event).toList();
    List<@Nullable Object> parameters = new ArrayList<>();
    parameters.add(subscription);
    parameters.add(Columns.uuids(messages, _ -> ids.next()));
    parameters.add(Columns.longs(messages, Message::position));
    parameters.add(Columns.uuids(events, Event::id));
    parameters.addAll(EventColumns.arrays(events));
    return Sql.update(Sql.connection(tx), PARK_BEHIND, parameters.toArray());
  }

  @Override
  public void parkFailed(UnitOfWork tx, String subscription, Message message, Failure failure) {
    Duration retryIn = failure.retryIn();
    Connection connection = Sql.connection(tx);
    // As operators do: the subscription first, then its dead letters.
    Sql.query(connection, PostgresCursors.LOCK, row -> true, subscription);
    UUID id =
        park(
            tx,
            subscription,
            message,
            retryIn == null ? "DEAD" : "RETRYING",
            failure.attempts(),
            retryIn == null ? null : retryIn.toMillis(),
            failure.type(),
            failure.message());
    Sql.update(connection, WAIT_BEHIND, subscription, message.key(), message.position());
    if (retryIn == null) {
      Sql.update(connection, RECORD_DEAD_LETTER, failure.stackTrace(), id);
      PostgresDeadLetters.record(connection, id, "dead_lettered", "reserva", failure.message());
      announcer.deadLettered(PostgresDeadLetters.open(connection, id), tx);
    }
  }

  private UUID park(
      UnitOfWork tx,
      String subscription,
      Message message,
      String status,
      int attempts,
      @Nullable Long dueInMillis,
      String errorType,
      String errorMessage) {
    Event event = message.event();
    List<@Nullable Object> parameters = new ArrayList<>();
    Collections.addAll(
        parameters, ids.next(), subscription, message.position(), status, attempts, dueInMillis);
    parameters.add(event.id());
    parameters.addAll(EventColumns.values(event));
    parameters.add(errorType);
    parameters.add(errorMessage);
    return Sql.query(
            Sql.connection(tx), PARK, row -> EventColumns.uuid(row, "id"), parameters.toArray())
        .getFirst();
  }

  @Override
  public List<Parked> due(String subscription, int limit) {
    return Sql.alone(
        dataSource,
        connection ->
            Sql.query(
                connection,
                DUE,
                this::parked,
                subscription,
                limit,
                subscription,
                2 * RetryPolicy.LONGEST_PAUSE.toMillis(),
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

  @Override
  public Optional<Duration> untilNextDue(String subscription) {
    return Sql.alone(
        dataSource,
        connection ->
            Sql.query(
                    connection,
                    UNTIL_NEXT_DUE,
                    row -> {
                      double millis = row.getDouble(1);
                      return row.wasNull()
                          ? Optional.<Duration>empty()
                          : Optional.of(Duration.ofMillis(Math.max(0, (long) millis + 1)));
                    },
                    subscription)
                .getFirst());
  }

  @Override
  public void unpark(UnitOfWork tx, String subscription, List<Parked> handled) {
    Connection connection = Sql.connection(tx);
    Sql.query(connection, PostgresCursors.LOCK, row -> true, subscription);
    UUID[] handledIds = handled.stream().map(Parked::id).toArray(UUID[]::new);
    int deleted = Sql.update(connection, UNPARK, (Object) handledIds);
    if (deleted != handledIds.length) {
      throw new Cursors.Fenced(subscription); // somebody else has handled or discarded one of them
    }
    Sql.update(connection, RESOLVE, (Object) handledIds);
    UUID[] keys =
        handled.stream().map(parked -> parked.message().key()).distinct().toArray(UUID[]::new);
    Sql.update(connection, PROMOTE, subscription, keys);
  }

  @Override
  public Counts counts(String subscription) {
    return Sql.alone(
        dataSource,
        connection ->
            Sql.query(
                    connection,
                    COUNTS,
                    row -> new Counts(row.getLong("parked"), row.getLong("dead")),
                    subscription)
                .getFirst());
  }

  @Override
  public Optional<Set<UUID>> parkedKeys(String subscription, int limit) {
    Set<UUID> keys =
        new HashSet<>(
            Sql.alone(
                dataSource,
                connection ->
                    Sql.query(
                        connection,
                        PARKED_KEYS,
                        row -> EventColumns.uuid(row, "key"),
                        subscription,
                        limit + 1)));
    return keys.size() > limit ? Optional.empty() : Optional.of(keys);
  }
}
