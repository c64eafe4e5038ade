package dev.reserva.messaging.store;

import dev.reserva.messaging.DeadLetters.Announcer;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DeadLetters.EditPolicy;
import dev.reserva.messaging.DeadLetters.Outcome;
import dev.reserva.messaging.DeadLetters.Violation;
import dev.reserva.messaging.UnitOfWork;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Operators' command to run dead letters again: one, edited or not, or all of a group. */
final class RetryDeadLetters {

  private static final String SELECT_OPEN_IDS =
      """
      select id, subscription from messaging.dead_letter
      where status = 'OPEN' and (?::text is null or subscription = ?) and (?::text is null or type = ?)
        and (?::text is null or error_type = ?)
      order by id limit ?
      """;
  private static final String EDIT_DATA =
      """
      update messaging.dead_letter
      set original_data = coalesce(original_data, data), data = ?
      where id = ?
      """;
  private static final String MARK_RETRYING =
      "update messaging.dead_letter set status = 'RETRYING' where id = any(?)";

  /**
   * The head of a key is due at once. A dead letter that is not the head waits behind it: after a
   * replay, earlier events of its key can be parked in front of it.
   */
  private static final String RELEASE_PARKED =
      """
      update messaging.parked p
      set status = case when chain.is_head then 'RETRYING' else 'WAITING' end,
        due_at = case when chain.is_head then clock_timestamp() end,
        attempts = 0, data = coalesce(?, p.data)
      from (select this.id, not exists (
          select from messaging.parked earlier
          where earlier.subscription = this.subscription and earlier.key = this.key
            and earlier.position < this.position) as is_head
        from messaging.parked this where this.id = any(?)) chain
      where p.id = chain.id and p.status = 'DEAD'
      """;

  private final EditPolicy editPolicy;
  private final Announcer announcer;
  private final Consumer<String> released;

  /**
   * @param released called with the subscription's name after the commit
   */
  RetryDeadLetters(EditPolicy editPolicy, Announcer announcer, Consumer<String> released) {
    this.editPolicy = editPolicy;
    this.announcer = announcer;
    this.released = released;
  }

  Outcome retry(UUID id, @Nullable String editedData, String by, UnitOfWork tx) {
    return DeadLetterLocks.ifOpen(
        Sql.connection(tx), id, letter -> retry(letter, editedData, by, tx));
  }

  private Outcome retry(DeadLetter letter, @Nullable String editedData, String by, UnitOfWork tx) {
    if (editedData != null) {
      List<Violation> violations = editPolicy.check(letter.event(), editedData);
      if (!violations.isEmpty()) {
        return new Outcome.Refused(violations);
      }
      Connection connection = Sql.connection(tx);
      Sql.update(connection, EDIT_DATA, editedData, letter.id());
      DeadLetterRows.recordAction(connection, "edited", by, null, letter.id());
    }
    release(List.of(letter), editedData, by, tx);
    return new Outcome.Done(letter);
  }

  /**
   * Leaves out dead letters that another command has closed or retried since they were read.
   *
   * @return how many run again
   */
  int retryAll(
      @Nullable String subscription,
      @Nullable String eventType,
      @Nullable String errorType,
      String by,
      int limit,
      UnitOfWork tx) {
    Connection connection = Sql.connection(tx);
    int retried = 0;
    for (Map.Entry<String, List<UUID>> ids :
        openIds(connection, subscription, eventType, errorType, limit).entrySet()) {
      List<DeadLetter> open = DeadLetterLocks.lockOpen(connection, ids.getKey(), ids.getValue());
      if (!open.isEmpty()) {
        release(open, null, by, tx);
      }
      retried += open.size();
    }
    return retried;
  }

  /**
   * @return ids by subscription, sorted: two commands lock subscriptions in the same order
   */
  private static Map<String, List<UUID>> openIds(
      Connection connection,
      @Nullable String subscription,
      @Nullable String eventType,
      @Nullable String errorType,
      int limit) {
    record Match(UUID id, String subscription) {}
    return Sql.query(
            connection,
            SELECT_OPEN_IDS,
            row -> new Match(EventColumns.uuid(row, "id"), EventColumns.text(row, "subscription")),
            subscription,
            subscription,
            eventType,
            eventType,
            errorType,
            errorType,
            limit)
        .stream()
        .collect(
            Collectors.groupingBy(
                Match::subscription,
                TreeMap::new,
                Collectors.mapping(Match::id, Collectors.toList())));
  }

  /**
   * @param letters at least one, of one subscription, open; the subscription and they are locked
   */
  private void release(
      List<DeadLetter> letters, @Nullable String editedData, String by, UnitOfWork tx) {
    Connection connection = Sql.connection(tx);
    UUID[] ids = letters.stream().map(DeadLetter::id).toArray(UUID[]::new);
    Sql.update(connection, MARK_RETRYING, (Object) ids);
    int parked = Sql.update(connection, RELEASE_PARKED, editedData, ids);
    if (parked != ids.length) {
      throw new IllegalStateException(
          "of %d open dead letters only %d are parked".formatted(ids.length, parked));
    }
    DeadLetterRows.recordAction(connection, "retried", by, null, ids);
    letters.forEach(letter -> announcer.retried(letter, editedData != null, by, tx));
    tx.afterCommit(() -> released.accept(letters.getFirst().subscription()));
  }
}
