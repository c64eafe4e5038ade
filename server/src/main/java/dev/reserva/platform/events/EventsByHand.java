package dev.reserva.platform.events;

import dev.reserva.messaging.ManualIds;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The record of events by hand: one row for each that this database has published, or that somebody
 * has written here in place of an unreadable message. An event by hand of another database has no
 * row, but is known by its {@linkplain ManualIds id}.
 */
public final class EventsByHand implements ManualEvents {

  private static final String INSERT =
      """
      insert into platform.manual_publication (event_id, published_by, published_at, unchecked)
      values (?, ?, ?, ?)
      """;
  private static final String SELECT_BY_EVENT =
      """
      select event_id, published_by, published_at, unchecked
      from platform.manual_publication where event_id = any(?)
      """;

  private final Transactions transactions;

  public EventsByHand(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * @param unchecked whether the payload was not checked against its schema
   */
  public record Publication(UUID eventId, String by, Instant at, boolean unchecked) {}

  public void record(Publication publication, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            INSERT,
            publication.eventId(),
            publication.by(),
            publication.at(),
            publication.unchecked());
  }

  /** What is on record about the given events, by event id. */
  public Map<UUID, Publication> recorded(Collection<UUID> eventIds, UnitOfWork tx) {
    return Statements.of(tx)
        .query(
            SELECT_BY_EVENT,
            row ->
                new Publication(
                    Rows.uuid(row, "event_id"),
                    row.getString("published_by"),
                    Rows.instant(row, "published_at"),
                    row.getBoolean("unchecked")),
            (Object) eventIds.toArray(UUID[]::new))
        .stream()
        .collect(Collectors.toMap(Publication::eventId, Function.identity()));
  }

  /** Those of the given events that were published by hand. */
  public Set<UUID> among(Collection<UUID> eventIds, UnitOfWork tx) {
    Set<UUID> found = new HashSet<>(recorded(eventIds, tx).keySet());
    eventIds.stream().filter(ManualIds::isMarked).forEach(found::add);
    return found;
  }

  @Override
  public Set<UUID> among(Collection<UUID> eventIds) {
    return eventIds.isEmpty() ? Set.of() : transactions.snapshot(tx -> among(eventIds, tx));
  }
}
