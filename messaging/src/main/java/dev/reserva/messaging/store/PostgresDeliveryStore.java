package dev.reserva.messaging.store;

import dev.reserva.messaging.DeadLetters.Announcer;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.RetryPolicy;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.DeliveryStore;
import dev.reserva.messaging.sql.SqlFailure;
import dev.reserva.messaging.sql.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Claims, cursors and parked events on PostgreSQL. Leases and retries are judged by the database's
 * clock.
 */
public final class PostgresDeliveryStore implements DeliveryStore {

  private static final String INTRODUCE =
      """
      insert into messaging.subscription (name, position)
      select ?, coalesce((select min(first_position) - 1 from messaging.log_segment), 0)
      on conflict do nothing
      """;

  /**
   * A lease that reaches further than any does was given by a clock that ran ahead and has been set
   * right; it would keep everybody out for as long.
   */
  private static final String CLAIM =
      """
      update messaging.subscription
      set epoch = epoch + 1, owner = ?, lease_until = clock_timestamp() + ? * interval '1 millisecond'
      where name = ? and (owner = ? or lease_until < clock_timestamp()
        or lease_until > clock_timestamp() + 2 * ? * interval '1 millisecond')
      returning epoch, position,
        exists (select from messaging.parked p where p.subscription = subscription.name) as parked
      """;

  private static final String RENEW =
      """
      update messaging.subscription
      set position = ?, lease_until = clock_timestamp() + ? * interval '1 millisecond'
      where name = ? and epoch = ? and position = ?
      """;
  private static final String RELEASE =
      """
      update messaging.subscription set position = ?, lease_until = '-infinity', owner = null
      where name = ? and epoch = ? and position = ?
      """;
  private static final String ADVANCE =
      """
      update messaging.subscription
      set position = ?, delivered = delivered + ?, handled = handled + ?,
        lease_until = clock_timestamp() + ? * interval '1 millisecond'
      where name = ? and epoch = ? and position = ?
      """;
  private static final String LOCK = "select from messaging.subscription where name = ? for update";
  private static final String POSITION =
      "select position from messaging.subscription where name = ?";
  private static final String PARKED_HEADS =
      """
      select key, min(position) as head from messaging.parked
      where subscription = ? and key = any(?)
      group by key
      """;
  private static final String PARK_BEHIND =
      """
      insert into messaging.parked (id, subscription, position, status, attempts, event_id, type, subject,
        key, time, correlation_id, causation_id, traceparent, tracestate, data)
      select e.id, ?, e.position, 'WAITING', 0, e.event_id, e.type, e.subject, e.key, e.time,
        e.correlation_id, e.causation_id, e.traceparent, e.tracestate, e.data
      from unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::timestamptz[],
        ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[])
        as e (id, position, event_id, type, subject, key, time, correlation_id, causation_id,
          traceparent, tracestate, data)
      on conflict (subscription, event_id) do nothing
      """;
  private static final String PARK =
      """
      insert into messaging.parked (id, subscription, position, status, attempts, due_at, event_id, type,
        subject, key, time, correlation_id, causation_id, traceparent, tracestate, data, error_type,
        error_message, first_failed_at)
      values (?, ?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
        clock_timestamp())
      on conflict (subscription, event_id) do update
      set status = excluded.status, attempts = excluded.attempts, due_at = excluded.due_at,
        error_type = excluded.error_type, error_message = excluded.error_message,
        first_failed_at = coalesce(parked.first_failed_at, excluded.first_failed_at)
      returning id
      """;

  /** A failure before the key's head, which a replay can bring about, makes a new head. */
  private static final String WAIT_BEHIND =
      """
      update messaging.parked set status = 'WAITING', due_at = null
      where subscription = ? and key = ? and position > ? and status = 'RETRYING'
      """;

  private static final String BURY =
      """
      insert into messaging.dead_letter (id, subscription, position, status, attempts, event_id, type, subject,
        key, time, correlation_id, causation_id, traceparent, tracestate, data, error_type, error_message,
        stack_trace, first_failed_at, last_failed_at)
      select id, subscription, position, 'OPEN', attempts, event_id, type, subject, key, time, correlation_id,
        causation_id, traceparent, tracestate, data, error_type, error_message, ?, first_failed_at,
        clock_timestamp()
      from messaging.parked where id = ?
      on conflict (id) do update
      set status = 'OPEN', attempts = dead_letter.attempts + excluded.attempts,
        error_type = excluded.error_type, error_message = excluded.error_message,
        stack_trace = excluded.stack_trace, last_failed_at = excluded.last_failed_at
      """;

  /**
   * What is put off for longer than anything is was so by a clock that ran ahead. The time is that
   * of the statement, since an index is not searched for a clock that runs on.
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
  private static final String COUNTS =
      """
      select count(*) as parked, count(*) filter (where status = 'DEAD') as dead
      from messaging.parked where subscription = ?
      """;
  private static final String REWIND =
      """
      update messaging.subscription
      set position = ?, epoch = epoch + 1, owner = null, lease_until = '-infinity'
      where name = ?
      """;

  private final DataSource dataSource;
  private final EventCatalogue catalogue;
  private final Ids ids;
  private final Announcer announcer;

  /**
   * @param announcer told of each new dead letter
   */
  public PostgresDeliveryStore(
      DataSource dataSource, EventCatalogue catalogue, Ids ids, Announcer announcer) {
    this.dataSource = dataSource;
    this.catalogue = catalogue;
    this.ids = ids;
    this.announcer = announcer;
  }

  private interface Work<R> {
    R on(Connection connection) throws SQLException;
  }

  private <R> R alone(Work<R> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    } catch (SqlFailure e) {
      SQLException sql = Sql.sqlCause(e);
      throw sql != null && Sql.isUnavailable(sql) ? Sql.unavailable(sql) : e;
    }
  }

  @Override
  public Optional<Claim> claim(String subscription, UUID owner, Duration lease) {
    return alone(connection -> {
      Sql.update(connection, INTRODUCE, subscription);
      return Sql.query(
              connection,
              CLAIM,
              row ->
                  new Claim(
                      subscription,
                      row.getLong("epoch"),
                      row.getLong("position"),
                      row.getBoolean("parked")),
              owner,
              lease.toMillis(),
              subscription,
              owner,
              lease.toMillis())
          .stream()
          .findFirst();
    });
  }

  @Override
  public boolean renew(Claim claim, long position, Duration lease) {
    return alone(connection ->
        Sql.update(
            connection,
            RENEW,
            position,
            lease.toMillis(),
            claim.subscription(),
            claim.epoch(),
            claim.position()))
        == 1;
  }

  @Override
  public void release(Claim claim, long position) {
    alone(connection ->
        Sql.update(
            connection, RELEASE, position, claim.subscription(), claim.epoch(), claim.position()));
  }

  @Override
  public void advance(UnitOfWork tx, Claim claim, Progress progress, Duration lease) {
    Statements.of(tx)
        .write(
            updated -> {
              if (updated != 1) {
                throw new Fenced(claim.subscription());
              }
            },
            ADVANCE,
            progress.position(),
            progress.delivered(),
            progress.handled(),
            lease.toMillis(),
            claim.subscription(),
            claim.epoch(),
            claim.position());
  }

  @Override
  public Map<UUID, Long> parkedHeads(UnitOfWork tx, String subscription, Collection<UUID> keys) {
    Connection connection = Sql.connection(tx);
    Sql.query(connection, LOCK, row -> true, subscription);
    Map<UUID, Long> heads = new HashMap<>();
    Sql.query(
        connection,
        PARKED_HEADS,
        row -> heads.put(EventRows.uuid(row, "key"), row.getLong("head")),
        subscription,
        keys.toArray(UUID[]::new));
    return heads;
  }

  @Override
  public int parkBehind(UnitOfWork tx, String subscription, List<Message> messages) {
    return Sql.update(
        Sql.connection(tx),
        PARK_BEHIND,
        subscription,
        messages.stream().map(_ -> ids.next()).toArray(UUID[]::new),
        messages.stream().map(Message::position).toArray(Long[]::new),
        uuids(messages, Event::id),
        texts(messages, Event::type),
        uuids(messages, Event::subject),
        uuids(messages, Event::key),
        texts(messages, event -> event.time().toString()),
        texts(messages, Event::correlationId),
        uuids(messages, Event::causationId),
        texts(messages, Event::traceparent),
        texts(messages, Event::tracestate),
        texts(messages, Event::data));
  }

  private static @Nullable UUID[] uuids(
      List<Message> messages, Function<Event, @Nullable UUID> member) {
    @Nullable UUID[] values = new UUID[messages.size()];
    Arrays.setAll(values, i -> member.apply(messages.get(i).event()));
    return values;
  }

  private static @Nullable String[] texts(
      List<Message> messages, Function<Event, @Nullable String> member) {
    @Nullable String[] values = new String[messages.size()];
    Arrays.setAll(values, i -> member.apply(messages.get(i).event()));
    return values;
  }

  @Override
  public void parkFailed(UnitOfWork tx, String subscription, Message message, Failure failure) {
    Duration retryIn = failure.retryIn();
    Connection connection = Sql.connection(tx);
    // As operators do: the subscription first, then its dead letters.
    Sql.query(connection, LOCK, row -> true, subscription);
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
      Sql.update(connection, BURY, failure.stackTrace(), id);
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
    return Sql.query(
            Sql.connection(tx),
            PARK,
            row -> EventRows.uuid(row, "id"),
            ids.next(),
            subscription,
            message.position(),
            status,
            attempts,
            dueInMillis,
            event.id(),
            event.type(),
            event.subject(),
            event.key(),
            event.time(),
            event.correlationId(),
            event.causationId(),
            event.traceparent(),
            event.tracestate(),
            event.data(),
            errorType,
            errorMessage)
        .getFirst();
  }

  @Override
  public List<Parked> due(String subscription, int limit) {
    return alone(connection ->
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
        EventRows.uuid(row, "id"),
        new Message(row.getLong("position"), EventRows.read(row, "event_id"), catalogue, null),
        row.getInt("attempts"));
  }

  @Override
  public Optional<Duration> untilNextDue(String subscription) {
    return alone(connection ->
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
    Sql.query(connection, LOCK, row -> true, subscription);
    UUID[] handledIds = handled.stream().map(Parked::id).toArray(UUID[]::new);
    int deleted = Sql.update(connection, UNPARK, (Object) handledIds);
    if (deleted != handledIds.length) {
      throw new Fenced(subscription); // somebody else has handled or discarded one of them
    }
    Sql.update(connection, RESOLVE, (Object) handledIds);
    UUID[] keys =
        handled.stream().map(parked -> parked.message().key()).distinct().toArray(UUID[]::new);
    Sql.update(connection, PROMOTE, subscription, keys);
  }

  @Override
  public Counts counts(String subscription) {
    return alone(connection ->
        Sql.query(
                connection,
                COUNTS,
                row -> new Counts(row.getLong("parked"), row.getLong("dead")),
                subscription)
            .getFirst());
  }

  @Override
  public OptionalLong position(String subscription) {
    return alone(connection ->
            Sql.query(connection, POSITION, row -> row.getLong("position"), subscription))
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  @Override
  public boolean rewind(UnitOfWork tx, String subscription, long position) {
    return Sql.update(Sql.connection(tx), REWIND, position, subscription) == 1;
  }
}
