package dev.reserva.webhooks.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.webhooks.application.Replays;
import dev.reserva.webhooks.domain.Replay;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code webhooks.replay} */
public final class PostgresReplays implements Replays {

  private static final String SELECT =
      """
      select r.endpoint_id, r.since, r.position, r.until, r.deliveries, r.started_at, r.ended_at
      from webhooks.replay r
      """;

  private static final String FIND = SELECT + "where r.endpoint_id = ?";
  private static final String LOCK = FIND + " for update";

  private static final String RUNNING =
      SELECT
          + """
          join webhooks.endpoint e on e.id = r.endpoint_id
          where r.ended_at is null and e.state = 'ACTIVE'
          order by r.endpoint_id
          """;

  private static final String SAVE =
      """
      insert into webhooks.replay (endpoint_id, since, position, until, deliveries, started_at, ended_at)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict (endpoint_id) do update
        set since = excluded.since, position = excluded.position, until = excluded.until,
          deliveries = excluded.deliveries, started_at = excluded.started_at, ended_at = excluded.ended_at
      """;

  @Override
  public Optional<Replay> find(UUID endpoint, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, PostgresReplays::replay, endpoint).stream().findFirst();
  }

  @Override
  public Optional<Replay> lock(UUID endpoint, UnitOfWork tx) {
    return Statements.of(tx).query(LOCK, PostgresReplays::replay, endpoint).stream().findFirst();
  }

  @Override
  public List<Replay> running(UnitOfWork tx) {
    return Statements.of(tx).query(RUNNING, PostgresReplays::replay);
  }

  @Override
  public void save(Replay replay, UnitOfWork tx) {
    Replay.Range range = replay.range();
    Statements.of(tx)
        .write(
            SAVE,
            replay.endpointId(),
            replay.since(),
            range == null ? null : range.read(),
            range == null ? null : range.until(),
            replay.deliveries(),
            replay.startedAt(),
            replay.endedAt());
  }

  private static Replay replay(ResultSet row) throws SQLException {
    Long position = row.getObject("position", Long.class);
    return new Replay(
        Rows.uuid(row, "endpoint_id"),
        Rows.instant(row, "since"),
        position == null ? null : new Replay.Range(position, row.getLong("until")),
        row.getInt("deliveries"),
        Rows.instant(row, "started_at"),
        Rows.instantOrNull(row, "ended_at"));
  }
}
