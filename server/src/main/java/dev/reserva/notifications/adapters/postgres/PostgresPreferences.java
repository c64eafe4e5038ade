package dev.reserva.notifications.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.notifications.application.Preferences;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Choices;
import dev.reserva.notifications.domain.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The choices in {@code notifications.preference}. */
public final class PostgresPreferences implements Preferences {

  private static final String FIND =
      """
      select customer_id, kind, channel, wanted
      from notifications.preference
      where customer_id = any(?)
      """;

  private static final String CLEAR = "delete from notifications.preference where customer_id = ?";

  private static final String CHOOSE =
      """
      insert into notifications.preference (customer_id, kind, channel, wanted)
      select ?, kind, channel, wanted from unnest(?::text[], ?::text[], ?::boolean[])
        as new (kind, channel, wanted)
      order by kind, channel
      on conflict (customer_id, kind, channel) do update set wanted = excluded.wanted
      """;

  private record Row(UUID customer, Kind kind, Channel channel, boolean wanted) {}

  @Override
  public Map<UUID, Choices> find(Collection<UUID> customers, UnitOfWork tx) {
    Map<UUID, Choices> found = new HashMap<>();
    Statements.of(tx)
        .query(FIND, PostgresPreferences::row, (Object) customers.toArray(UUID[]::new))
        .forEach(row ->
            found.merge(
                row.customer(),
                Choices.NONE.with(row.kind(), row.channel(), row.wanted()),
                (known, _) -> known.with(row.kind(), row.channel(), row.wanted())));
    return found;
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        Rows.uuid(row, "customer_id"),
        Kind.valueOf(row.getString("kind")),
        Channel.valueOf(row.getString("channel")),
        row.getBoolean("wanted"));
  }

  @Override
  public void replace(UUID customer, Choices choices, UnitOfWork tx) {
    Statements.of(tx).write(CLEAR, customer);
    choose(
        customer,
        choices.made().entrySet().stream()
            .map(it -> new Row(customer, it.getKey().kind(), it.getKey().channel(), it.getValue()))
            .toList(),
        tx);
  }

  @Override
  public void choose(UUID customer, Kind kind, Channel channel, boolean wanted, UnitOfWork tx) {
    choose(customer, List.of(new Row(customer, kind, channel, wanted)), tx);
  }

  private static void choose(UUID customer, List<Row> rows, UnitOfWork tx) {
    if (!rows.isEmpty()) {
      Statements.of(tx)
          .write(
              CHOOSE,
              customer,
              Columns.texts(rows, row -> row.kind().name()),
              Columns.texts(rows, row -> row.channel().name()),
              Columns.booleans(rows, Row::wanted));
    }
  }
}
