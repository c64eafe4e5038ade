package dev.reserva.messaging.store;

import dev.reserva.messaging.DeadLetters.Announcer;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Parking;
import dev.reserva.messaging.sql.Columns;
import java.sql.Connection;
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
 * Parked events in {@code messaging.parked}. This class parks and counts them; {@link
 * ParkedRetries} finds those that are due and removes those that were handled.
 *
 * <p>Order of locks, the same as in {@link DeadLetterLocks}: the subscription's row, then its
 * parked events and dead letters.
 */
public final class PostgresParking implements Parking {

  private static final String SELECT_HEADS =
      """
      select key, min(position) as head from messaging.parked
      where subscription = ? and key = any(?)
      group by key
      """;
  private static final String INSERT_WAITING =
      """
      insert into messaging.parked (id, subscription, position, status, attempts, event_id, %1$s)
      select e.id, ?, e.position, 'WAITING', 0, e.event_id, %2$s
      from unnest(?::uuid[], ?::bigint[], ?::uuid[], %3$s) as e (id, position, event_id, %1$s)
      on conflict (subscription, event_id) do nothing
      """
          .formatted(EventColumns.NAMES, EventColumns.of("e"), EventColumns.ARRAYS);
  private static final String INSERT_OR_UPDATE_FAILED =
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

  /**
   * After a replay, an event can fail whose position is before the key's head. It becomes the head,
   * and the former head waits behind it.
   */
  private static final String MAKE_LATER_WAIT =
      """
      update messaging.parked set status = 'WAITING', due_at = null
      where subscription = ? and key = ? and position > ? and status = 'RETRYING'
      """;

  private static final String SELECT_KEYS =
      "select distinct key from messaging.parked where subscription = ? limit ?";
  private static final String COUNT_PARKED_AND_DEAD =
      """
      select count(*) as parked, count(*) filter (where status = 'DEAD') as dead
      from messaging.parked where subscription = ?
      """;

  private final DataSource dataSource;
  private final Ids ids;
  private final Announcer announcer;
  private final ParkedRetries retries;

  /**
   * @param announcer publishes each new dead letter, in the transaction that makes it one
   */
  public PostgresParking(
      DataSource dataSource, EventCatalogue catalogue, Ids ids, Announcer announcer) {
    this.dataSource = dataSource;
    this.ids = ids;
    this.announcer = announcer;
    this.retries = new ParkedRetries(dataSource, catalogue);
  }

  @Override
  public Map<UUID, Long> parkedHeads(UnitOfWork tx, String subscription, Collection<UUID> keys) {
    Connection connection = Sql.connection(tx);
    Sql.query(connection, PostgresCursors.LOCK_SUBSCRIPTION, row -> true, subscription);
    Map<UUID, Long> heads = new HashMap<>();
    Sql.query(
        connection,
        SELECT_HEADS,
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
    return Sql.update(Sql.connection(tx), INSERT_WAITING, parameters.toArray());
  }

  @Override
  public void parkFailed(UnitOfWork tx, String subscription, Message message, Failure failure) {
    Connection connection = Sql.connection(tx);
    Sql.query(connection, PostgresCursors.LOCK_SUBSCRIPTION, row -> true, subscription);
    UUID id = insertFailed(connection, subscription, message, failure);
    Sql.update(connection, MAKE_LATER_WAIT, subscription, message.key(), message.position());
    if (failure.retryIn() == null) {
      DeadLetterRows.open(connection, id, failure.stackTrace());
      DeadLetterRows.recordAction(connection, "dead_lettered", "reserva", failure.message(), id);
      announcer.deadLettered(DeadLetterRows.get(connection, id), tx);
    }
  }

  /**
   * @return id of the parked event, which is an older one when the event was parked already
   */
  private UUID insertFailed(
      Connection connection, String subscription, Message message, Failure failure) {
    Duration retryIn = failure.retryIn();
    Event event = message.event();
    List<@Nullable Object> parameters = new ArrayList<>();
    Collections.addAll(
        parameters,
        ids.next(),
        subscription,
        message.position(),
        retryIn == null ? "DEAD" : "RETRYING",
        failure.attempts(),
        retryIn == null ? null : retryIn.toMillis(),
        event.id());
    parameters.addAll(EventColumns.values(event));
    parameters.add(failure.type());
    parameters.add(failure.message());
    return Sql.query(
            connection,
            INSERT_OR_UPDATE_FAILED,
            row -> EventColumns.uuid(row, "id"),
            parameters.toArray())
        .getFirst();
  }

  @Override
  public List<Parked> due(String subscription, int limit) {
    return retries.due(subscription, limit);
  }

  @Override
  public Optional<Duration> untilNextDue(String subscription) {
    return retries.untilNextDue(subscription);
  }

  @Override
  public void unpark(UnitOfWork tx, String subscription, List<Parked> handled) {
    retries.unpark(tx, subscription, handled);
  }

  @Override
  public Counts counts(String subscription) {
    return Sql.alone(
        dataSource,
        connection ->
            Sql.query(
                    connection,
                    COUNT_PARKED_AND_DEAD,
                    row -> new Counts(row.getLong("parked"), row.getLong("dead")),
                    subscription)
                .getFirst());
  }

  @Override
  public Optional<Set<UUID>> parkedKeys(String subscription, int limit) {
    List<UUID> keys =
        Sql.alone(
            dataSource,
            connection ->
                Sql.query(
                    connection,
                    SELECT_KEYS,
                    row -> EventColumns.uuid(row, "key"),
                    subscription,
                    limit + 1));
    return keys.size() > limit ? Optional.empty() : Optional.of(new HashSet<>(keys));
  }
}
