package dev.reserva.messaging.store;

import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DeadLetters.Outcome;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Locks dead letters for operators' commands.
 *
 * <p>Order of locks, the same as in {@link PostgresParking}: the subscription's row, then its dead
 * letters in order of their ids. While a command holds them, the subscription parks and unparks
 * nothing, and no other command acts on these dead letters.
 */
final class DeadLetterLocks {

  private static final String SELECT_SUBSCRIPTION =
      "select subscription from messaging.dead_letter where id = ?";
  private static final String LOCK_STATUS =
      "select status from messaging.dead_letter where id = ? for update";
  private static final String LOCK_OPEN =
      DeadLetterRows.SELECT
          + " where d.id = any(?) and d.status = 'OPEN' order by d.id for update of d";

  private DeadLetterLocks() {}

  /**
   * Runs a command on a dead letter, locked and open.
   *
   * @return the command's outcome; {@link Outcome.Unknown} or {@link Outcome.Conflict} when there
   *     is no such dead letter or it is not open, and the command did not run
   */
  static Outcome ifOpen(Connection connection, UUID id, Function<DeadLetter, Outcome> command) {
    List<String> subscription =
        Sql.query(
            connection, SELECT_SUBSCRIPTION, row -> EventColumns.text(row, "subscription"), id);
    if (subscription.isEmpty()) {
      return new Outcome.Unknown();
    }
    Sql.query(connection, PostgresCursors.LOCK_SUBSCRIPTION, row -> true, subscription.getFirst());
    List<String> status =
        Sql.query(connection, LOCK_STATUS, row -> EventColumns.text(row, "status"), id);
    if (status.isEmpty()) {
      return new Outcome.Unknown();
    }
    return status.getFirst().equals("OPEN")
        ? command.apply(DeadLetterRows.get(connection, id))
        : new Outcome.Conflict(status.getFirst());
  }

  /**
   * Locks dead letters of one subscription.
   *
   * @return those that are still open
   */
  static List<DeadLetter> lockOpen(Connection connection, String subscription, List<UUID> ids) {
    Sql.query(connection, PostgresCursors.LOCK_SUBSCRIPTION, row -> true, subscription);
    return Sql.query(
        connection, LOCK_OPEN, DeadLetterRows::read, (Object) ids.toArray(UUID[]::new));
  }
}
