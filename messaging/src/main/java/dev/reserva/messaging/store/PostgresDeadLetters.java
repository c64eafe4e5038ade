package dev.reserva.messaging.store;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters on PostgreSQL. This class reads them; {@link RetryDeadLetters} and {@link
 * DiscardDeadLetters} are the operators' commands.
 */
public final class PostgresDeadLetters implements DeadLetters {

  private static final String SELECT_OPEN =
      DeadLetterRows.SELECT
          + " where d.status = 'OPEN' and (?::uuid is null or d.id < ?) order by d.id desc limit ?";
  private static final String COUNT_OPEN_BY_GROUP =
      """
      select subscription, type, error_type, count(*) as count from messaging.dead_letter
      where status = 'OPEN'
      group by subscription, type, error_type
      order by count(*) desc, subscription, type, error_type
      limit 200
      """;
  private static final String SELECT_ACTIONS =
      "select at, kind, by, reason from messaging.dead_letter_action where dead_letter_id = ? order by at";

  private final Transactions transactions;
  private final RetryDeadLetters retries;
  private final DiscardDeadLetters discards;

  /**
   * @param editPolicy judges edited payloads
   * @param transactions read what is listed; a command runs in its caller's transaction
   * @param announcer publishes what operators do, in their transaction
   * @param released called with the subscription's name, after the commit, when a retry or a
   *     discard lets one of its events run
   */
  public PostgresDeadLetters(
      Transactions transactions,
      EditPolicy editPolicy,
      Announcer announcer,
      Consumer<String> released) {
    this.transactions = transactions;
    this.retries = new RetryDeadLetters(editPolicy, announcer, released);
    this.discards = new DiscardDeadLetters(announcer, released);
  }

  @Override
  public List<DeadLetter> list(@Nullable UUID before, int limit) {
    return transactions.snapshot(tx ->
        Sql.query(Sql.connection(tx), SELECT_OPEN, DeadLetterRows::read, before, before, limit));
  }

  @Override
  public List<Group> groups() {
    return transactions.snapshot(tx ->
        Sql.query(
            Sql.connection(tx),
            COUNT_OPEN_BY_GROUP,
            row ->
                new Group(
                    EventColumns.text(row, "subscription"),
                    EventColumns.text(row, "type"),
                    EventColumns.text(row, "error_type"),
                    row.getLong("count"))));
  }

  @Override
  public Optional<Detail> find(UUID id) {
    return transactions.snapshot(tx ->
        Sql.query(Sql.connection(tx), DeadLetterRows.SELECT_BY_ID, row -> detail(row, tx), id)
            .stream()
            .findFirst());
  }

  static Detail detail(ResultSet row, UnitOfWork tx) throws SQLException {
    DeadLetter letter = DeadLetterRows.read(row);
    return new Detail(
        letter,
        EventColumns.text(row, "status"),
        EventColumns.text(row, "stack_trace"),
        row.getString("original_data"),
        Sql.query(Sql.connection(tx), SELECT_ACTIONS, PostgresDeadLetters::action, letter.id()));
  }

  private static Action action(ResultSet row) throws SQLException {
    return new Action(
        Rows.instant(row, "at"),
        EventColumns.text(row, "kind"),
        EventColumns.text(row, "by"),
        row.getString("reason"));
  }

  @Override
  public Outcome retry(UUID id, @Nullable String editedData, String by, UnitOfWork tx) {
    return retries.retry(id, editedData, by, tx);
  }

  @Override
  public int retryAll(
      @Nullable String subscription,
      @Nullable String eventType,
      @Nullable String errorType,
      String by,
      int limit,
      UnitOfWork tx) {
    return retries.retryAll(subscription, eventType, errorType, by, limit, tx);
  }

  @Override
  public Outcome discard(UUID id, String reason, String by, UnitOfWork tx) {
    return discards.discard(id, reason, by, tx);
  }
}
