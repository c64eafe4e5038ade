package dev.reserva.notifications.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Conditions;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.notifications.application.History;
import dev.reserva.notifications.application.KnownOrder;
import dev.reserva.notifications.application.Messages;
import dev.reserva.notifications.application.NewMessage;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Fact;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The messages in {@code notifications.message}, and the orders they are about. */
public final class PostgresMessages implements Messages {

  private static final String REMEMBER =
      """
      insert into notifications.order as known (order_id, customer_id, number, step)
      select * from unnest(?::uuid[], ?::uuid[], ?::text[], ?::int[]) as new (order_id, customer_id, number, step)
      order by order_id
      on conflict (order_id) do update
      set customer_id = coalesce(known.customer_id, excluded.customer_id), number = coalesce(known.number, excluded.number),
        step = greatest(known.step, excluded.step)
      where known.step < excluded.step
        or (known.customer_id is null and excluded.customer_id is not null)
        or (known.number is null and excluded.number is not null)
      """;

  private static final String CUSTOMERS =
      "select order_id, customer_id from notifications.order where order_id = any(?) and customer_id is not null";

  // The step as a subquery: PostgreSQL would join the orders by reading the whole table.
  private static final String ADD =
      """
      insert into notifications.message
        (id, occurrence, template, channel, recipient, order_id, customer_id, trigger, details, created_at, step, due_at)
      select id, occurrence, template, channel, recipient, order_id, customer_id, trigger, details, created_at, step,
        now() + millis * interval '1 millisecond'
      from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[],
        ?::int[], ?::bigint[])
        as new (id, occurrence, template, channel, recipient, order_id, customer_id, trigger, details, created_at, step, millis)
      where step = 0 or step >= coalesce((select o.step from notifications.order o where o.order_id = new.order_id), 0)
      order by occurrence, template, channel, recipient
      on conflict (occurrence, template, channel, recipient) do nothing
      """;

  // The ids as an array: PostgreSQL would join them by reading the whole table.
  static final String CLAIM =
      """
      with due as materialized (
        select m.id,
          m.step > 0 and m.attempts = 0
            and m.step < coalesce((select o.step from notifications.order o where o.order_id = m.order_id), 0) as passed
        from notifications.message m
        where m.status = 'PENDING' and m.due_at <= now() and coalesce(m.leased_until, m.due_at) <= now() and m.channel = ?
        order by m.due_at
        limit ?
        for update skip locked),
      removed as (
        delete from notifications.message where id = any(array(select id from due where passed))),
      claimed as (
        update notifications.message
        set attempts = attempts + 1, leased_until = now() + make_interval(secs => ?)
        where id = any(array(select id from due where not passed))
        returning *)
      select c.id, c.template, c.channel, c.recipient, c.order_id, coalesce(c.customer_id, o.customer_id) as customer_id, o.number, c.trigger,
        c.details, c.attempts, c.created_at
      from claimed c left join notifications.order o on o.order_id = c.order_id
      order by c.id
      """;

  private static final String END =
      """
      update notifications.message m
      set status = e.status, failure = e.failure, due_at = null, ended_at = e.at
      from unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[]) as e (id, status, failure, at)
      where m.id = e.id and m.id = any(?) and m.status = 'PENDING'
      """;

  private static final String POSTPONE =
      """
      update notifications.message m
      set due_at = p.until, leased_until = null, attempts = m.attempts - case when p.counts then 0 else 1 end
      from unnest(?::uuid[], ?::timestamptz[], ?::boolean[]) as p (id, until, counts)
      where m.id = p.id and m.id = any(?) and m.status = 'PENDING'
      """;

  private static final String STATES =
      """
      select id, template, channel, order_id, customer_id, trigger, status, failure, created_at, ended_at
      from notifications.message
      """;

  private static final String UNRECORDED =
      STATES + "where not recorded and status <> 'PENDING' order by id limit ?";

  private static final String RECORDED =
      "update notifications.message set recorded = true where id = any(?) and status <> 'PENDING'";

  private static final String AHEAD_AMONG =
      "select id from notifications.message where id = any(?) and not recorded";

  private static final String REMOVE =
      """
      delete from notifications.message
      where id = any(array(select id from notifications.message where ended_at < ? and recorded limit ?))
      """;

  private static final String FORGET_ORDERS =
      """
      delete from notifications.order
      where order_id = any(array(select order_id from notifications.order where remembered_at < ? limit ?))
      """;

  private static final String BACKLOG =
      """
      select channel, count(*) as waiting, min(due_at) as oldest
      from notifications.message
      where status = 'PENDING'
      group by channel
      """;

  private final Duration gather;

  /**
   * @param gather how long a message of a step that is usually followed by another one waits for it
   */
  public PostgresMessages(Duration gather) {
    this.gather = gather;
  }

  @Override
  public void remember(Collection<KnownOrder> orders, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            REMEMBER,
            Columns.uuids(orders, KnownOrder::id),
            Columns.uuids(orders, KnownOrder::customerId),
            Columns.texts(orders, KnownOrder::number),
            Columns.integers(orders, KnownOrder::step));
  }

  private record Ordered(UUID order, UUID customer) {}

  @Override
  public Map<UUID, UUID> customers(Collection<UUID> orders, UnitOfWork tx) {
    return Statements.of(tx)
        .query(
            CUSTOMERS,
            row -> new Ordered(Rows.uuid(row, "order_id"), Rows.uuid(row, "customer_id")),
            (Object) orders.toArray(UUID[]::new))
        .stream()
        .collect(Collectors.toMap(Ordered::order, Ordered::customer));
  }

  @Override
  public void add(List<NewMessage> messages, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            ADD,
            Columns.uuids(messages, NewMessage::id),
            Columns.uuids(messages, NewMessage::occurrence),
            Columns.texts(messages, NewMessage::template),
            Columns.texts(messages, it -> it.channel().name()),
            Columns.texts(messages, NewMessage::recipient),
            Columns.uuids(messages, NewMessage::orderId),
            Columns.uuids(messages, NewMessage::customerId),
            Columns.texts(messages, NewMessage::trigger),
            Columns.texts(messages, it -> DetailTexts.write(it.details())),
            Columns.instants(messages, NewMessage::createdAt),
            Columns.integers(messages, it -> stepOf(it).map(Fact::step).orElse(0)),
            Columns.longs(
                messages,
                it ->
                    stepOf(it)
                        .filter(Fact::isUsuallyFollowed)
                        .map(_ -> gather.toMillis())
                        .orElse(0L)));
  }

  /** Steps are told by mail. A message by hand is about no order and no step. */
  private static Optional<Fact> stepOf(NewMessage message) {
    return message.orderId() == null || message.channel() != Channel.EMAIL
        ? Optional.empty()
        : Fact.ofTemplate(message.template());
  }

  @Override
  public List<Claimed> claim(Channel channel, int limit, Duration lease, UnitOfWork tx) {
    return Statements.of(tx)
        .query(CLAIM, PostgresMessages::claimed, channel.name(), limit, lease.toSeconds());
  }

  private static Claimed claimed(ResultSet row) throws SQLException {
    return new Claimed(
        Rows.uuid(row, "id"),
        row.getString("template"),
        Channel.valueOf(row.getString("channel")),
        row.getString("recipient"),
        Rows.uuidOrNull(row, "order_id"),
        Rows.uuidOrNull(row, "customer_id"),
        row.getString("number"),
        row.getString("trigger"),
        DetailTexts.read(row.getString("details")),
        row.getInt("attempts"),
        Rows.instant(row, "created_at"));
  }

  private record End(UUID id, Status status, @Nullable Failure failure, Instant at) {}

  @Override
  public void settle(List<Settled> settled, UnitOfWork tx) {
    List<End> ended = new ArrayList<>();
    List<Settled.Postponed> postponed = new ArrayList<>();
    for (Settled one : settled) {
      switch (one) {
        case Settled.Sent sent -> ended.add(new End(sent.id(), Status.SENT, null, sent.at()));
        case Settled.Failed failed ->
            ended.add(new End(failed.id(), Status.FAILED, failed.failure(), failed.at()));
        case Settled.Skipped skipped ->
            ended.add(new End(skipped.id(), Status.SKIPPED, skipped.reason(), skipped.at()));
        case Settled.Postponed later -> postponed.add(later);
      }
    }
    if (!ended.isEmpty()) {
      Statements.of(tx)
          .write(
              END,
              Columns.uuids(ended, End::id),
              Columns.texts(ended, end -> end.status().name()),
              Columns.texts(ended, end -> end.failure() == null ? null : end.failure().wire()),
              Columns.instants(ended, End::at),
              Columns.uuids(ended, End::id));
    }
    if (!postponed.isEmpty()) {
      Statements.of(tx)
          .write(
              POSTPONE,
              Columns.uuids(postponed, Settled.Postponed::id),
              Columns.instants(postponed, Settled.Postponed::until),
              Columns.booleans(postponed, Settled.Postponed::counts),
              Columns.uuids(postponed, Settled.Postponed::id));
    }
  }

  @Override
  public List<State> unrecorded(int limit, UnitOfWork tx) {
    return Statements.of(tx).query(UNRECORDED, PostgresMessages::state, limit);
  }

  private static State state(ResultSet row) throws SQLException {
    String failure = row.getString("failure");
    return new State(
        Rows.uuid(row, "id"),
        row.getString("template"),
        Channel.valueOf(row.getString("channel")),
        Rows.uuidOrNull(row, "order_id"),
        Rows.uuidOrNull(row, "customer_id"),
        row.getString("trigger"),
        Status.valueOf(row.getString("status")),
        failure == null ? null : Failure.valueOf(failure.toUpperCase(Locale.ROOT)),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "ended_at"));
  }

  @Override
  public void recorded(Collection<UUID> ids, UnitOfWork tx) {
    Statements.of(tx).write(RECORDED, (Object) ids.toArray(UUID[]::new));
  }

  @Override
  public List<State> ahead(History.Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    Conditions conditions = MessageFilters.conditions(filter, before).and("not recorded");
    return Statements.of(tx)
        .query(
            STATES + conditions.where() + "order by id desc limit ?",
            PostgresMessages::state,
            conditions.values(limit));
  }

  @Override
  public Set<UUID> aheadAmong(Collection<UUID> ids, UnitOfWork tx) {
    return new HashSet<>(
        Statements.of(tx)
            .query(AHEAD_AMONG, row -> Rows.uuid(row, "id"), (Object) ids.toArray(UUID[]::new)));
  }

  @Override
  public int removeEndedBefore(Instant before, int limit, UnitOfWork tx) {
    int orders = Statements.of(tx).update(FORGET_ORDERS, before, limit);
    return Math.max(orders, Statements.of(tx).update(REMOVE, before, limit));
  }

  @Override
  public Map<Channel, Backlog> backlog(UnitOfWork tx) {
    Map<Channel, Backlog> backlog = new EnumMap<>(Channel.class);
    Statements.of(tx)
        .query(
            BACKLOG,
            row ->
                Map.entry(
                    Channel.valueOf(row.getString("channel")),
                    new Backlog(row.getLong("waiting"), Rows.instantOrNull(row, "oldest"))))
        .forEach(entry -> backlog.put(entry.getKey(), entry.getValue()));
    return backlog;
  }
}
