package dev.reserva.messaging.store;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.delivery.Inbox;
import dev.reserva.messaging.sql.Statements;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The inbox in {@code messaging.inbox} and {@code messaging.unreadable}. */
public final class PostgresInbox implements Inbox {

  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);
  private static final int MAX_PURGED = 10_000;

  /** In order, so that two processes that record the same events do not lock each other out. */
  private static final String INSERT_IF_NEW =
      """
      insert into messaging.inbox (id) select id from unnest(?::uuid[]) id order by id
      on conflict do nothing
      returning id
      """;

  private static final String INSERT_UNREADABLE =
      """
      insert into messaging.unreadable (id, queue, body, length, digest, headers, reason)
      values (?, ?, ?, ?, ?, json_object(?::text[], ?::text[])::text, ?)
      on conflict do nothing
      """;

  private static final String DELETE_OLD_ENTRIES =
      """
      delete from messaging.inbox where id in (
        select id from messaging.inbox
        where imported_at < clock_timestamp() - ? * interval '1 second' limit ?)
      """;

  private static final String DELETE_OLD_UNREADABLE =
      """
      delete from messaging.unreadable where id in (
        select id from messaging.unreadable
        where received_at < clock_timestamp() - ? * interval '1 second' limit ?)
      """;

  private final Transactions transactions;
  private final Ids ids;
  private final Duration retention;

  /**
   * @param transactions delete; what is recorded is recorded in its caller's transaction
   * @param retention how long entries and unreadable messages are kept; an event that arrives again
   *     later takes effect again
   */
  public PostgresInbox(Transactions transactions, Ids ids, Duration retention) {
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException("retention must be positive, was " + retention);
    }
    this.transactions = transactions;
    this.ids = ids;
    this.retention = retention;
  }

  @Override
  public Set<UUID> record(UnitOfWork tx, Collection<UUID> eventIds) {
    return new HashSet<>(
        Statements.of(tx)
            .query(
                INSERT_IF_NEW,
                row -> EventColumns.uuid(row, "id"),
                (Object) eventIds.toArray(UUID[]::new)));
  }

  @Override
  public void recordUnreadable(UnitOfWork tx, String queue, List<Inbox.Unreadable> messages) {
    for (Inbox.Unreadable message : messages) {
      Bytes body = message.body();
      Statements.of(tx)
          .write(
              INSERT_UNREADABLE,
              ids.next(),
              queue,
              body.first(UnreadableMessages.MAX_BODY).array(),
              body.length(),
              digest(body),
              texts(message.headers().keySet().stream()),
              texts(message.headers().values().stream()),
              text(message.reason()));
    }
  }

  private static String[] texts(Stream<String> texts) {
    return texts.map(PostgresInbox::text).toArray(String[]::new);
  }

  /** PostgreSQL's text type holds no null character. */
  private static String text(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private static byte[] digest(Bytes body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body.array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Deletes what is past retention. */
  public Worker worker() {
    return new Worker("messaging.inbox", PURGE_INTERVAL, this::purge);
  }

  /**
   * Deletes at most {@value #MAX_PURGED} rows of each table.
   *
   * @return whether there may be more to delete
   */
  public boolean purge() {
    return transactions.call(tx -> {
      boolean entries = purged(tx, DELETE_OLD_ENTRIES);
      boolean unreadable = purged(tx, DELETE_OLD_UNREADABLE);
      return entries || unreadable;
    });
  }

  private boolean purged(UnitOfWork tx, String delete) {
    return Statements.of(tx).update(delete, retention.toSeconds(), MAX_PURGED) == MAX_PURGED;
  }
}
