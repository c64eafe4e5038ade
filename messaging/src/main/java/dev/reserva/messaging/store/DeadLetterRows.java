package dev.reserva.messaging.store;

import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.sql.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code messaging.dead_letter}, and of {@code messaging.dead_letter_action}, which records
 * what was done about each of them. A dead letter has the id of its parked event.
 */
final class DeadLetterRows {

  /** What {@link #read} needs. The query adds its own conditions; {@code d} is the dead letter. */
  static final String SELECT =
      """
      select d.*, (select count(*) from messaging.parked p
        where p.subscription = d.subscription and p.key = d.key and p.position > d.position) as blocked
      from messaging.dead_letter d
      """;

  static final String SELECT_BY_ID = SELECT + " where d.id = ?";

  /** An event that fails for good again after a retry opens its dead letter again. */
  private static final String INSERT_OR_REOPEN =
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

  private static final String INSERT_ACTIONS =
      """
      insert into messaging.dead_letter_action (dead_letter_id, kind, by, reason)
      select id, ?, ?, ? from unnest(?::uuid[]) id
      """;

  private static final String DELETE_CLOSED =
      """
      delete from messaging.dead_letter where id in (
        select id from messaging.dead_letter
        where closed_at < clock_timestamp() - ? * interval '1 second' limit ?)
      """;

  private DeadLetterRows() {}

  /** Makes a parked event with status DEAD an open dead letter. */
  static void open(Connection connection, UUID id, String stackTrace) {
    Sql.update(connection, INSERT_OR_REOPEN, stackTrace, id);
  }

  /** Reads a dead letter that exists. */
  static DeadLetter get(Connection connection, UUID id) {
    return Sql.query(connection, SELECT_BY_ID, DeadLetterRows::read, id).getFirst();
  }

  /** Reads a row of {@link #SELECT}. */
  static DeadLetter read(ResultSet row) throws SQLException {
    return new DeadLetter(
        EventColumns.uuid(row, "id"),
        EventColumns.text(row, "subscription"),
        row.getLong("position"),
        EventColumns.read(row, "event_id"),
        row.getInt("attempts"),
        EventColumns.text(row, "error_type"),
        EventColumns.text(row, "error_message"),
        Rows.instant(row, "first_failed_at"),
        Rows.instant(row, "last_failed_at"),
        row.getLong("blocked"));
  }

  /** Records the same action for each of these dead letters. */
  static void recordAction(
      Connection connection, String kind, String by, @Nullable String reason, UUID... ids) {
    Sql.update(connection, INSERT_ACTIONS, kind, by, reason, ids);
  }

  /**
   * Deletes dead letters that were closed longer ago than {@code retention}, with their actions.
   *
   * @return how many, at most {@code limit}
   */
  static int deleteClosed(Connection connection, Duration retention, int limit) {
    return Sql.update(connection, DELETE_CLOSED, retention.toSeconds(), limit);
  }
}
