package dev.reserva.operations.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.ManualPublications;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One row per event that somebody published by hand. */
public final class PostgresManualPublications implements ManualPublications {

  private static final String RECORD =
      """
      insert into operations.manual_publication (event_id, published_by, published_at, unchecked)
      values (?, ?, ?, ?)
      """;
  private static final String OF =
      """
      select event_id, published_by, published_at, unchecked
      from operations.manual_publication where event_id = any(?)
      """;

  @Override
  public void record(ManualPublication publication, UnitOfWork tx) {
    jdbc(tx)
        .sql(RECORD)
        .param(publication.eventId())
        .param(publication.by())
        .param(publication.at().atOffset(ZoneOffset.UTC))
        .param(publication.unchecked())
        .update();
  }

  @Override
  public Map<UUID, ManualPublication> of(Collection<UUID> eventIds, UnitOfWork tx) {
    return jdbc(tx)
        .sql(OF)
        .param(eventIds.toArray(UUID[]::new))
        .query((row, number) ->
            new ManualPublication(
                row.getObject("event_id", UUID.class),
                row.getString("published_by"),
                row.getObject("published_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("unchecked")))
        .list()
        .stream()
        .collect(Collectors.toMap(ManualPublication::eventId, Function.identity()));
  }

  private static JdbcClient jdbc(UnitOfWork tx) {
    return JdbcClient.create(new SingleConnectionDataSource(tx.resource(Connection.class), true));
  }
}
