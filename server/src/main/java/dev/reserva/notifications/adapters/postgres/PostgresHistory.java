package dev.reserva.notifications.adapters.postgres;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Conditions;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.notifications.application.History;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The history in {@code notifications.history}. */
public final class PostgresHistory implements History {

  private static final String SAVE =
      """
      insert into notifications.history
        (id, channel, template, order_id, customer_id, trigger, recipient, subject, content, status, failure, created_at, sent_at)
      select * from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::text[], ?::timestamptz[], ?::timestamptz[]) as new (id, channel, template, order_id, customer_id, trigger, recipient, subject,
        content, status, failure, created_at, sent_at)
      order by id
      on conflict (id) do update
      set customer_id = excluded.customer_id, recipient = excluded.recipient, subject = excluded.subject, content = excluded.content,
        status = excluded.status, failure = excluded.failure, sent_at = excluded.sent_at
      """;

  private static final String SETTLE =
      """
      update notifications.history h
      set status = e.status, failure = e.failure, sent_at = e.sent_at
      from unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[]) as e (id, status, failure, sent_at)
      where h.id = e.id and h.id = any(?)
      """;

  private static final String COLUMNS =
      """
      select id, channel, template, order_id, customer_id, trigger, recipient, subject, content, status, failure, created_at, sent_at
      from notifications.history
      """;

  private static final String FIND = COLUMNS + "where id = any(?)";

  private static final String REMOVE =
      """
      delete from notifications.history
      where id = any(array(select id from notifications.history where created_at < ? order by id limit ?))
      """;

  private final Transactions transactions;

  public PostgresHistory(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void save(List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    transactions.run(tx ->
        Statements.of(tx)
            .write(
                SAVE,
                Columns.uuids(entries, Entry::id),
                Columns.texts(entries, it -> it.channel().name()),
                Columns.texts(entries, Entry::template),
                Columns.uuids(entries, Entry::orderId),
                Columns.uuids(entries, Entry::customerId),
                Columns.texts(entries, Entry::trigger),
                Columns.texts(entries, Entry::recipient),
                Columns.texts(entries, Entry::subject),
                Columns.texts(entries, Entry::content),
                Columns.texts(entries, it -> it.status().name()),
                Columns.texts(entries, it -> wire(it.failure())),
                Columns.instants(entries, Entry::createdAt),
                Columns.instants(entries, Entry::sentAt)));
  }

  @Override
  public void settle(List<End> ends) {
    if (ends.isEmpty()) {
      return;
    }
    transactions.run(tx ->
        Statements.of(tx)
            .write(
                SETTLE,
                Columns.uuids(ends, End::id),
                Columns.texts(ends, it -> it.status().name()),
                Columns.texts(ends, it -> wire(it.failure())),
                Columns.instants(ends, End::sentAt),
                Columns.uuids(ends, End::id)));
  }

  private static @Nullable String wire(@Nullable Failure failure) {
    return failure == null ? null : failure.wire();
  }

  @Override
  public List<Entry> find(Collection<UUID> ids) {
    return transactions.snapshot(tx ->
        Statements.of(tx).query(FIND, PostgresHistory::entry, (Object) ids.toArray(UUID[]::new)));
  }

  @Override
  public List<Entry> list(Filter filter, @Nullable UUID before, int limit) {
    Conditions conditions = MessageFilters.conditions(filter, before);
    return transactions.snapshot(tx ->
        Statements.of(tx)
            .query(
                COLUMNS + conditions.where() + "order by id desc limit ?",
                PostgresHistory::entry,
                conditions.values(limit)));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    String failure = row.getString("failure");
    return new Entry(
        Rows.uuid(row, "id"),
        Channel.valueOf(row.getString("channel")),
        row.getString("template"),
        Rows.uuidOrNull(row, "order_id"),
        Rows.uuidOrNull(row, "customer_id"),
        row.getString("trigger"),
        row.getString("recipient"),
        row.getString("subject"),
        row.getString("content"),
        Status.valueOf(row.getString("status")),
        failure == null ? null : Failure.valueOf(failure.toUpperCase(Locale.ROOT)),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "sent_at"));
  }

  @Override
  public int removeCreatedBefore(Instant before, int limit) {
    return transactions.call(tx -> Statements.of(tx).update(REMOVE, before, limit));
  }
}
