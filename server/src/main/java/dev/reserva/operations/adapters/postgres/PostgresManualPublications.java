package dev.reserva.operations.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.operations.application.ManualPublications;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One row per event that somebody published by hand. */
public final class PostgresManualPublications implements ManualPublications {

  private static final String INSERT =
      """
      insert into operations.manual_publication (event_id, published_by, published_at, unchecked)
      values (?, ?, ?, ?)
      """;
  private static final String SELECT_BY_EVENT =
      """
      select event_id, published_by, published_at, unchecked
      from operations.manual_publication where event_id = any(?)
      """;

  @Override
  public void record(ManualPublication publication, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            INSERT,
            publication.eventId(),
            publication.by(),
            publication.at(),
            publication.unchecked());
  }

  @Override
  public Map<UUID, ManualPublication> of(Collection<UUID> eventIds, UnitOfWork tx) {
    return Statements.of(tx)
        .query(
            SELECT_BY_EVENT,
            row ->
                new ManualPublication(
                    Rows.uuid(row, "event_id"),
                    row.getString("published_by"),
                    Rows.instant(row, "published_at"),
                    row.getBoolean("unchecked")),
            (Object) eventIds.toArray(UUID[]::new))
        .stream()
        .collect(Collectors.toMap(ManualPublication::eventId, Function.identity()));
  }
}
