package dev.reserva.webhooks.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.webhooks.application.Backlogs;
import dev.reserva.webhooks.domain.EndpointState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/** Counts the pending rows of {@code webhooks.delivery}, by way of the index of what is due. */
public final class PostgresBacklogs implements Backlogs {

  private static final String BY_STATE =
      """
      select e.state, sum(waiting.deliveries) as deliveries,
        coalesce(greatest(0, (extract(epoch from clock_timestamp() - min(waiting.due_at)) * 1000))::bigint, 0) as overdue
      from webhooks.endpoint e
      cross join lateral (
        select count(*) as deliveries, min(due_at) as due_at
        from (
          select d.due_at from webhooks.delivery d
          where d.endpoint_id = e.id and d.status = 'PENDING'
          order by d.due_at limit ?) first) waiting
      group by e.state
      """;

  private static final String OF =
      """
      select count(*) as deliveries from (
        select 1 from webhooks.delivery where endpoint_id = ? and status = 'PENDING' limit ?) pending
      """;

  @Override
  public Map<EndpointState, Backlog> byState(UnitOfWork tx) {
    Map<EndpointState, Backlog> backlogs = new EnumMap<>(EndpointState.class);
    Statements.of(tx)
        .query(
            BY_STATE,
            row ->
                Map.entry(
                    EndpointState.valueOf(row.getString("state")),
                    new Backlog(
                        row.getLong("deliveries"), Duration.ofMillis(row.getLong("overdue")))),
            MOST_COUNTED)
        .forEach(entry -> backlogs.put(entry.getKey(), entry.getValue()));
    return backlogs;
  }

  @Override
  public int of(UUID endpoint, UnitOfWork tx) {
    return Statements.of(tx)
        .query(OF, row -> row.getInt("deliveries"), endpoint, MOST_COUNTED)
        .getFirst();
  }
}
