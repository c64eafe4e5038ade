package dev.reserva.webhooks.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.webhooks.application.Deliveries;
import dev.reserva.webhooks.domain.Answer;
import dev.reserva.webhooks.domain.Delivery;
import dev.reserva.webhooks.domain.DeliveryStatus;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EndpointState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code webhooks.delivery} and {@code webhooks.attempt} */
public final class PostgresDeliveries implements Deliveries {

  private static final String QUEUE =
      """
      insert into webhooks.delivery (id, endpoint_id, kind, event_id, type, key, position, body, status, attempts,
        tries, due_at, created_at)
      select id, endpoint_id, kind, event_id, type, key, position, body, 'PENDING', 0, 0, due_at, due_at
      from unnest(?::uuid[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::uuid[], ?::bigint[], ?::text[],
        ?::timestamptz[])
        as queued (id, endpoint_id, kind, event_id, type, key, position, body, due_at)
      on conflict (endpoint_id, event_id) do nothing
      """;

  // Two processes that claim at once never count the leases of one endpoint at the same time.
  private static final String LOCK_DUE_ENDPOINTS =
      """
      select id, url, filters, description, ordered, state, disabled_reason, failing_since, secret,
        former_secret, former_until, created_at, updated_at, version
      from webhooks.endpoint e
      where state <> 'DISABLED' and exists (
        select 1 from webhooks.delivery d
        where d.endpoint_id = e.id and d.status = 'PENDING' and d.due_at <= clock_timestamp())
      order by id
      for update skip locked
      """;

  private static final String COLUMNS =
      "d.id, d.endpoint_id, d.kind, d.event_id, d.type, d.key, d.position, d.body, d.status,"
          + " d.attempts, d.tries, d.due_at, d.created_at, d.ended_at";

  private static final String CLAIM =
      """
      with chosen as (
        select picked.id
        from unnest(?::uuid[], ?::boolean[], ?::boolean[]) as e (id, ordered, probing)
        cross join lateral (
          select d.id
          from webhooks.delivery d
          where d.endpoint_id = e.id and d.status = 'PENDING' and d.due_at <= ?
            and (d.leased_until is null or d.leased_until <= ?)
            and (not e.probing or d.kind = 'TEST')
            and not (e.ordered and d.kind = 'EVENT' and exists (
              select 1 from webhooks.delivery p
              where p.endpoint_id = e.id and p.key = d.key and p.status = 'PENDING' and p.kind = 'EVENT'
                and p.position < d.position))
          order by d.due_at, d.position, d.id
          limit greatest(0, ? - (
            select count(*) from webhooks.delivery l
            where l.endpoint_id = e.id and l.status = 'PENDING' and l.leased_until > ?))
        ) picked)
      update webhooks.delivery d set leased_until = ?
      from chosen where d.id = chosen.id
      returning %s
      """
          .formatted(COLUMNS);

  private static final String FIND =
      "select %s from webhooks.delivery d where d.id = ?".formatted(COLUMNS);
  private static final String LOCK = FIND + " for update";

  private static final String REPLACE =
      """
      update webhooks.delivery
      set status = ?, attempts = ?, tries = ?, due_at = ?, ended_at = ?, leased_until = null
      where id = ?
      """;

  private static final String HASTEN =
      "update webhooks.delivery set due_at = least(due_at, ?) where id = ? and status = 'PENDING'";

  private static final String LOG =
      """
      insert into webhooks.attempt (delivery_id, number, at, status, millis, error, answer)
      values (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String LIST =
      """
      select %s from webhooks.delivery d
      where d.endpoint_id = ? and (?::text is null or d.status = ?) and (?::uuid is null or d.id < ?)
      order by d.id desc limit ?
      """
          .formatted(COLUMNS);

  // An endpoint's deliveries are found by their events, so each endpoint is searched by itself.
  static final String OF_EVENTS =
      """
      select %s
      from webhooks.endpoint e
      cross join unnest(?::uuid[]) as wanted (event_id)
      join webhooks.delivery d on d.endpoint_id = e.id and d.event_id = wanted.event_id
      order by d.id limit ?
      """
          .formatted(COLUMNS);

  private static final String ATTEMPTS =
      """
      select delivery_id, at, status, millis, error, answer
      from webhooks.attempt where delivery_id = any(?::uuid[]) order by delivery_id, number
      """;

  private static final String REPEAT =
      """
      insert into webhooks.delivery as d (id, endpoint_id, kind, event_id, type, key, position, body, status,
        attempts, tries, due_at, created_at)
      select id, endpoint_id, kind, event_id, type, key, position, body, 'PENDING', 0, 0, due_at, due_at
      from unnest(?::uuid[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::uuid[], ?::bigint[], ?::text[],
        ?::timestamptz[])
        as queued (id, endpoint_id, kind, event_id, type, key, position, body, due_at)
      on conflict (endpoint_id, event_id) do update
        set status = 'PENDING', tries = 0, due_at = excluded.due_at, ended_at = null
        where d.status <> 'PENDING' and d.created_at < ?
      """;

  private static final String FORGET =
      """
      delete from webhooks.delivery where id in (
        select id from webhooks.delivery where ended_at < ? order by ended_at limit ? for update skip locked)
      """;

  @Override
  public void queue(List<Delivery> due, UnitOfWork tx) {
    Statements.of(tx).write(QUEUE, columns(due));
  }

  @Override
  public int repeat(List<Delivery> due, Instant replayedAt, UnitOfWork tx) {
    return Statements.of(tx)
        .update(
            REPEAT, Stream.concat(Arrays.stream(columns(due)), Stream.of(replayedAt)).toArray());
  }

  private static Object[] columns(List<Delivery> due) {
    return new Object[] {
      Columns.uuids(due, Delivery::id),
      Columns.uuids(due, Delivery::endpointId),
      Columns.texts(due, it -> it.kind().name()),
      Columns.uuids(due, Delivery::eventId),
      Columns.texts(due, Delivery::type),
      Columns.uuids(due, Delivery::key),
      Columns.longs(due, Delivery::position),
      Columns.texts(due, Delivery::body),
      Columns.instants(due, Delivery::dueAt)
    };
  }

  @Override
  public List<Claimed> claim(Duration lease, int perEndpoint, UnitOfWork tx) {
    Statements statements = Statements.of(tx);
    List<Endpoint> due = statements.queryAndClock(LOCK_DUE_ENDPOINTS, WebhookRows::endpoint);
    if (due.isEmpty()) {
      return List.of();
    }
    Instant now = tx.now();
    Map<UUID, Endpoint> endpoints = new HashMap<>();
    due.forEach(endpoint -> endpoints.put(endpoint.id(), endpoint));
    return statements
        .query(
            CLAIM,
            WebhookRows::delivery,
            Columns.uuids(due, Endpoint::id),
            Columns.booleans(due, it -> it.target().ordered()),
            Columns.booleans(due, it -> it.state() == EndpointState.PROBING),
            now,
            now,
            perEndpoint,
            now,
            now.plus(lease))
        .stream()
        .map(delivery ->
            new Claimed(delivery, Objects.requireNonNull(endpoints.get(delivery.endpointId()))))
        .toList();
  }

  @Override
  public Optional<Delivery> find(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, WebhookRows::delivery, id).stream().findFirst();
  }

  @Override
  public Optional<Delivery> lock(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(LOCK, WebhookRows::delivery, id).stream().findFirst();
  }

  @Override
  public void replace(Delivery it, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            REPLACE,
            it.status().name(),
            it.attempts(),
            it.tries(),
            it.dueAt(),
            it.endedAt(),
            it.id());
  }

  @Override
  public void hasten(UUID id, Instant now, UnitOfWork tx) {
    Statements.of(tx).write(HASTEN, now, id);
  }

  @Override
  public void log(UUID delivery, int number, Instant at, Answer answer, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            LOG,
            delivery,
            number,
            at,
            answer.status(),
            answer.millis(),
            answer.error(),
            answer.body());
  }

  @Override
  public List<Logged> list(
      UUID endpoint,
      @Nullable DeliveryStatus status,
      @Nullable UUID before,
      int limit,
      UnitOfWork tx) {
    String wanted = status == null ? null : status.name();
    return logged(
        Statements.of(tx)
            .query(LIST, WebhookRows::delivery, endpoint, wanted, wanted, before, before, limit),
        tx);
  }

  @Override
  public List<Logged> ofEvents(Collection<UUID> events, int limit, UnitOfWork tx) {
    return logged(
        Statements.of(tx)
            .query(OF_EVENTS, WebhookRows::delivery, events.toArray(UUID[]::new), limit),
        tx);
  }

  private static List<Logged> logged(List<Delivery> found, UnitOfWork tx) {
    Map<UUID, List<Attempt>> attempts = new HashMap<>();
    Statements.of(tx).stream(
        ATTEMPTS,
        row -> Map.entry(Rows.uuid(row, "delivery_id"), attempt(row)),
        entry ->
            attempts.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(entry.getValue()),
        (Object) Columns.uuids(found, Delivery::id));
    return found.stream()
        .map(delivery -> new Logged(delivery, attempts.getOrDefault(delivery.id(), List.of())))
        .toList();
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        Rows.instant(row, "at"),
        new Answer(
            row.getObject("status", Integer.class),
            row.getInt("millis"),
            row.getString("error"),
            row.getString("answer")));
  }

  @Override
  public int forget(Instant before, int limit, UnitOfWork tx) {
    return Statements.of(tx).update(FORGET, before, limit);
  }
}
