package dev.reserva.messaging.store;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters on PostgreSQL. Actions lock the subscription first, as its runner does, so neither
 * can slip between the other's steps.
 */
public final class PostgresDeadLetters implements DeadLetters {

  private static final String SELECT =
      """
      select d.*, (select count(*) from messaging.parked p
        where p.subscription = d.subscription and p.key = d.key and p.position > d.position) as blocked
      from messaging.dead_letter d
      """;
  private static final String LIST =
      SELECT
          + " where d.status = 'OPEN' and (?::uuid is null or d.id < ?) order by d.id desc limit ?";
  private static final String ONE = SELECT + " where d.id = ?";
  private static final String GROUPS =
      """
      select subscription, type, error_type, count(*) as count from messaging.dead_letter
      where status = 'OPEN'
      group by subscription, type, error_type
      order by count(*) desc, subscription, type, error_type
      limit 200
      """;
  private static final String ACTIONS =
      "select at, kind, by, reason from messaging.dead_letter_action where dead_letter_id = ? order by at";
  private static final String SUBSCRIPTION_OF =
      "select subscription from messaging.dead_letter where id = ?";
  private static final String LOCK =
      "select status from messaging.dead_letter where id = ? for update";
  private static final String LOCK_OPEN =
      SELECT + " where d.id = any(?) and d.status = 'OPEN' order by d.id for update of d";
  private static final String MATCHING =
      """
      select id, subscription from messaging.dead_letter
      where status = 'OPEN' and (?::text is null or subscription = ?) and (?::text is null or type = ?)
        and (?::text is null or error_type = ?)
      order by id limit ?
      """;
  private static final String RETRYING =
      "update messaging.dead_letter set status = 'RETRYING' where id = any(?)";
  private static final String EDIT =
      """
      update messaging.dead_letter
      set original_data = coalesce(original_data, data), data = ?
      where id = ?
      """;

  /**
   * Each is due now, or when its turn comes: after a replay, earlier events of its key may wait.
   */
  private static final String FREE =
      """
      update messaging.parked p
      set status = case when turn.has_come then 'RETRYING' else 'WAITING' end,
        due_at = case when turn.has_come then clock_timestamp() end,
        attempts = 0, data = coalesce(?, p.data)
      from (select this.id, not exists (
          select from messaging.parked earlier
          where earlier.subscription = this.subscription and earlier.key = this.key
            and earlier.position < this.position) as has_come
        from messaging.parked this where this.id = any(?)) turn
      where p.id = turn.id and p.status = 'DEAD'
      """;

  private static final String DISCARD =
      "update messaging.dead_letter set status = 'DISCARDED', closed_at = clock_timestamp() where id = ?";
  private static final String UNPARK =
      "delete from messaging.parked where id = ? and status = 'DEAD' returning subscription, key";
  private static final String COUNT_DISCARDED =
      "update messaging.subscription set discarded = discarded + 1 where name = ?";
  private static final String RECORD =
      "insert into messaging.dead_letter_action (dead_letter_id, kind, by, reason) values (?, ?, ?, ?)";

  private static final String RECORD_RETRIED =
      """
      insert into messaging.dead_letter_action (dead_letter_id, kind, by)
      select id, 'retried', ? from unnest(?::uuid[]) id
      """;

  /**
   * So many run again by one transaction: its subscription, which it keeps waiting, does not
   * notice.
   */
  private static final int FREED_TOGETHER = 200;

  private final Transactions transactions;
  private final EditPolicy editPolicy;
  private final Announcer announcer;
  private final Consumer<String> freed;

  /**
   * @param editPolicy judges edited payloads
   * @param announcer told of what operators do
   * @param freed called with the subscription's name when one of its events may run again
   */
  public PostgresDeadLetters(
      Transactions transactions,
      EditPolicy editPolicy,
      Announcer announcer,
      Consumer<String> freed) {
    this.transactions = transactions;
    this.editPolicy = editPolicy;
    this.announcer = announcer;
    this.freed = freed;
  }

  @Override
  public List<DeadLetter> list(@Nullable UUID before, int limit) {
    return transactions.snapshot(tx ->
        Sql.query(Sql.connection(tx), LIST, PostgresDeadLetters::letter, before, before, limit));
  }

  @Override
  public List<Group> groups() {
    return transactions.snapshot(tx ->
        Sql.query(
            Sql.connection(tx),
            GROUPS,
            row ->
                new Group(
                    EventColumns.text(row, "subscription"),
                    EventColumns.text(row, "type"),
                    EventColumns.text(row, "error_type"),
                    row.getLong("count"))));
  }

  @Override
  public Optional<Detail> find(UUID id) {
    return transactions.snapshot(
        tx -> Sql.query(Sql.connection(tx), ONE, row -> detail(row, tx), id).stream().findFirst());
  }

  private static Detail detail(ResultSet row, UnitOfWork tx) throws SQLException {
    DeadLetter letter = letter(row);
    return new Detail(
        letter,
        EventColumns.text(row, "status"),
        EventColumns.text(row, "stack_trace"),
        row.getString("original_data"),
        Sql.query(
            Sql.connection(tx),
            ACTIONS,
            action ->
                new Action(
                    Sql.instant(action, "at"),
                    EventColumns.text(action, "kind"),
                    EventColumns.text(action, "by"),
                    action.getString("reason")),
            letter.id()));
  }

  @Override
  public Outcome retry(UUID id, @Nullable String editedData, String by) {
    return transactions.call(tx -> {
      Optional<Outcome> refused = lockOpen(tx, id);
      if (refused.isPresent()) {
        return refused.get();
      }
      DeadLetter letter = open(Sql.connection(tx), id);
      if (editedData != null) {
        List<Violation> violations = editPolicy.check(letter.event(), editedData);
        if (!violations.isEmpty()) {
          return new Outcome.Refused(violations);
        }
      }
      if (editedData != null) {
        Connection connection = Sql.connection(tx);
        Sql.update(connection, EDIT, editedData, id);
        record(connection, id, "edited", by, null);
      }
      free(tx, List.of(letter), editedData, by);
      return new Outcome.Done(letter);
    });
  }

  @Override
  public int retryAll(
      @Nullable String subscription,
      @Nullable String eventType,
      @Nullable String errorType,
      String by,
      int limit) {
    record Match(UUID id, String subscription) {}
    Map<String, List<UUID>> matching =
        transactions
            .snapshot(tx ->
                Sql.query(
                    Sql.connection(tx),
                    MATCHING,
                    row ->
                        new Match(
                            EventColumns.uuid(row, "id"), EventColumns.text(row, "subscription")),
                    subscription,
                    subscription,
                    eventType,
                    eventType,
                    errorType,
                    errorType,
                    limit))
            .stream()
            .collect(
                Collectors.groupingBy(
                    Match::subscription, Collectors.mapping(Match::id, Collectors.toList())));
    int retried = 0;
    for (Map.Entry<String, List<UUID>> group : matching.entrySet()) {
      List<UUID> ids = group.getValue();
      for (int from = 0; from < ids.size(); from += FREED_TOGETHER) {
        List<UUID> some = ids.subList(from, Math.min(from + FREED_TOGETHER, ids.size()));
        retried += transactions.call(tx -> retryOpen(tx, group.getKey(), some, by));
      }
    }
    return retried;
  }

  /** Who has acted on one of them meanwhile has won that one. */
  private int retryOpen(UnitOfWork tx, String subscription, List<UUID> ids, String by) {
    Connection connection = Sql.connection(tx);
    Sql.query(connection, PostgresCursors.LOCK, row -> true, subscription);
    List<DeadLetter> open =
        Sql.query(
            connection, LOCK_OPEN, PostgresDeadLetters::letter, (Object) ids.toArray(UUID[]::new));
    if (!open.isEmpty()) {
      free(tx, open, null, by);
    }
    return open.size();
  }

  @Override
  public Outcome discard(UUID id, String reason, String by) {
    return transactions.call(tx -> {
      Optional<Outcome> refused = lockOpen(tx, id);
      if (refused.isPresent()) {
        return refused.get();
      }
      Connection connection = Sql.connection(tx);
      DeadLetter letter = open(connection, id);
      Sql.update(connection, DISCARD, id);
      Sql.query(connection, UNPARK, row -> true, id);
      Sql.update(connection, COUNT_DISCARDED, letter.subscription());
      Sql.update(
          connection,
          PostgresParking.PROMOTE,
          letter.subscription(),
          new UUID[] {letter.event().key()});
      record(connection, id, "discarded", by, reason);
      announcer.discarded(letter, reason, by, tx);
      tx.afterCommit(() -> freed.accept(letter.subscription()));
      return new Outcome.Done(letter);
    });
  }

  /** Locks in the order in which the runner does: the subscription, then what is parked. */
  private static Optional<Outcome> lockOpen(UnitOfWork tx, UUID id) {
    Connection connection = Sql.connection(tx);
    List<String> subscription =
        Sql.query(connection, SUBSCRIPTION_OF, row -> EventColumns.text(row, "subscription"), id);
    if (subscription.isEmpty()) {
      return Optional.of(new Outcome.Unknown());
    }
    Sql.query(connection, PostgresCursors.LOCK, row -> true, subscription.getFirst());
    List<String> status = Sql.query(connection, LOCK, row -> EventColumns.text(row, "status"), id);
    if (status.isEmpty()) {
      return Optional.of(new Outcome.Unknown());
    }
    return status.getFirst().equals("OPEN")
        ? Optional.empty()
        : Optional.of(new Outcome.Conflict(status.getFirst()));
  }

  /**
   * @param letters open ones of one subscription, at least one; both are locked
   */
  private void free(
      UnitOfWork tx, List<DeadLetter> letters, @Nullable String editedData, String by) {
    Connection connection = Sql.connection(tx);
    UUID[] ids = letters.stream().map(DeadLetter::id).toArray(UUID[]::new);
    Sql.update(connection, RETRYING, (Object) ids);
    int freed = Sql.update(connection, FREE, editedData, ids);
    if (freed != ids.length) {
      throw new IllegalStateException(
          "of %d open dead letters only %d are parked".formatted(ids.length, freed));
    }
    Sql.update(connection, RECORD_RETRIED, by, ids);
    letters.forEach(letter -> announcer.retried(letter, editedData != null, by, tx));
    tx.afterCommit(() -> this.freed.accept(letters.getFirst().subscription()));
  }

  static void record(
      Connection connection, UUID id, String kind, String by, @Nullable String reason) {
    Sql.update(connection, RECORD, id, kind, by, reason);
  }

  static DeadLetter open(Connection connection, UUID id) {
    return Sql.query(connection, ONE, PostgresDeadLetters::letter, id).getFirst();
  }

  private static DeadLetter letter(ResultSet row) throws SQLException {
    Event event = EventColumns.read(row, "event_id");
    return new DeadLetter(
        EventColumns.uuid(row, "id"),
        EventColumns.text(row, "subscription"),
        row.getLong("position"),
        event,
        row.getInt("attempts"),
        EventColumns.text(row, "error_type"),
        EventColumns.text(row, "error_message"),
        Sql.instant(row, "first_failed_at"),
        Sql.instant(row, "last_failed_at"),
        row.getLong("blocked"));
  }
}
