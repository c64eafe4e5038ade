package dev.reserva.messaging.store;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.DeadLetters.Action;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.messaging.delivery.EventReader;
import dev.reserva.messaging.delivery.EventReader.Reading;
import dev.reserva.messaging.delivery.Inbox;
import dev.reserva.messaging.sql.Rows;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Operators' view of {@code messaging.unreadable}, which {@link PostgresInbox} fills. */
public final class PostgresUnreadableMessages implements UnreadableMessages {

  private static final String SELECT_OPEN =
      """
      select id, queue, received_at, substring(body for %d) as body, length, headers, reason
      from messaging.unreadable
      where status = 'OPEN' and (?::uuid is null or id < ?) order by id desc limit ?
      """
          .formatted(MAX_EXCERPT);
  private static final String COUNT_OPEN_BY_QUEUE =
      """
      select queue, count(*) as count from messaging.unreadable
      where status = 'OPEN' group by queue order by queue
      """;
  private static final String SELECT_BY_ID = "select * from messaging.unreadable where id = ?";
  private static final String SELECT_ACTIONS =
      "select at, kind, by, reason from messaging.unreadable_action where unreadable_id = ? order by at";
  private static final String LOCK =
      """
      select *,
        (select array_agg(key order by key) from json_each_text(headers::json)) as names,
        (select array_agg(value order by key) from json_each_text(headers::json)) as texts
      from messaging.unreadable where id = ? for update
      """;
  private static final String CLOSE =
      "update messaging.unreadable set status = ?, event_id = ? where id = ?";
  private static final String INSERT_ACTION =
      "insert into messaging.unreadable_action (unreadable_id, kind, by, reason) values (?, ?, ?, ?)";

  private final Transactions transactions;
  private final Inbox inbox;
  private final EventReader reader;

  /**
   * @param transactions read what is listed; a command runs in its caller's transaction
   * @param inbox tells whether an event was imported before
   */
  public PostgresUnreadableMessages(Transactions transactions, Inbox inbox, EventReader reader) {
    this.transactions = transactions;
    this.inbox = inbox;
    this.reader = reader;
  }

  @Override
  public List<Unreadable> list(@Nullable UUID before, int limit) {
    return transactions.snapshot(tx ->
        Sql.query(
            Sql.connection(tx),
            SELECT_OPEN,
            PostgresUnreadableMessages::message,
            before,
            before,
            limit));
  }

  @Override
  public List<Group> groups() {
    return transactions.snapshot(tx ->
        Sql.query(
            Sql.connection(tx),
            COUNT_OPEN_BY_QUEUE,
            row -> new Group(EventColumns.text(row, "queue"), row.getLong("count"))));
  }

  @Override
  public Optional<Detail> find(UUID id) {
    return transactions.snapshot(tx -> {
      Connection connection = Sql.connection(tx);
      return Sql.query(connection, SELECT_BY_ID, row -> detail(row, connection), id).stream()
          .findFirst();
    });
  }

  private static Detail detail(ResultSet row, Connection connection) throws SQLException {
    Unreadable message = message(row);
    return new Detail(
        message,
        EventColumns.text(row, "status"),
        Rows.uuidOrNull(row, "event_id"),
        Sql.query(connection, SELECT_ACTIONS, PostgresUnreadableMessages::action, message.id()));
  }

  private static Unreadable message(ResultSet row) throws SQLException {
    return new Unreadable(
        EventColumns.uuid(row, "id"),
        EventColumns.text(row, "queue"),
        Rows.instant(row, "received_at"),
        Bytes.of(row.getBytes("body")),
        row.getInt("length"),
        EventColumns.text(row, "headers"),
        EventColumns.text(row, "reason"));
  }

  private static Action action(ResultSet row) throws SQLException {
    return new Action(
        Rows.instant(row, "at"),
        EventColumns.text(row, "kind"),
        EventColumns.text(row, "by"),
        row.getString("reason"));
  }

  @Override
  public Event read(Bytes body) {
    return reader.read(body);
  }

  /** A message that is locked. */
  private record Locked(Unreadable message, Map<String, String> headers, String status) {}

  private static Optional<Locked> lock(Connection connection, UUID id) {
    return Sql.query(
            connection,
            LOCK,
            row -> new Locked(message(row), headers(row), EventColumns.text(row, "status")),
            id)
        .stream()
        .findFirst();
  }

  private static Map<String, String> headers(ResultSet row) throws SQLException {
    Map<String, String> headers = new HashMap<>();
    Array names = row.getArray("names");
    if (names != null) { // it has headers
      String[] keys = (String[]) names.getArray();
      String[] texts = (String[]) row.getArray("texts").getArray();
      for (int i = 0; i < keys.length; i++) {
        headers.put(keys[i], texts[i]);
      }
    }
    return headers;
  }

  @Override
  public Outcome retry(UUID id, @Nullable Event edited, String by, UnitOfWork tx) {
    Optional<Locked> locked = lock(Sql.connection(tx), id);
    if (locked.isEmpty()) {
      return new Outcome.Unknown();
    }
    if (!locked.get().status().equals("OPEN")) {
      return new Outcome.Conflict(locked.get().status());
    }
    try {
      Reading reading = edited == null ? read(locked.get()) : new Reading(edited, false);
      return retry(id, reading, edited == null ? "retried" : "edited", by, tx);
    } catch (Unprocessable e) {
      return new Outcome.StillUnreadable(String.valueOf(e.getMessage()));
    }
  }

  private Reading read(Locked locked) {
    Unreadable message = locked.message();
    if (message.length() > message.body().length()) {
      throw new Unprocessable(
          "only the first %d of its %d bytes are kept"
              .formatted(message.body().length(), message.length()));
    }
    return reader.read(message.body(), locked.headers());
  }

  private Outcome retry(UUID id, Reading reading, String kind, String by, UnitOfWork tx) {
    Event event = reading.event();
    boolean isNew = !inbox.record(tx, List.of(event.id())).isEmpty();
    if (isNew) {
      reader.importEvent(reading, tx);
    }
    close(id, "RESOLVED", event.id(), kind, by, null, tx);
    return new Outcome.Retried(event, isNew);
  }

  @Override
  public Outcome discard(UUID id, String reason, String by, UnitOfWork tx) {
    Optional<Locked> locked = lock(Sql.connection(tx), id);
    if (locked.isEmpty()) {
      return new Outcome.Unknown();
    }
    if (!locked.get().status().equals("OPEN")) {
      return new Outcome.Conflict(locked.get().status());
    }
    close(id, "DISCARDED", null, "discarded", by, reason, tx);
    return new Outcome.Discarded();
  }

  private static void close(
      UUID id,
      String status,
      @Nullable UUID event,
      String kind,
      String by,
      @Nullable String reason,
      UnitOfWork tx) {
    Connection connection = Sql.connection(tx);
    Sql.update(connection, CLOSE, status, event, id);
    Sql.update(connection, INSERT_ACTION, id, kind, by, reason);
  }
}
