package dev.reserva.notifications.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.notifications.application.Bounces;
import dev.reserva.notifications.domain.Bounce;
import dev.reserva.notifications.domain.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bounces in {@code notifications.bounce}. */
public final class PostgresBounces implements Bounces {

  private static final String ADD =
      """
      insert into notifications.bounce (message_id, channel, address_hash, customer_id, reason, created_at)
      select * from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::timestamptz[])
        as new (message_id, channel, address_hash, customer_id, reason, created_at)
      order by address_hash
      on conflict do nothing
      """;

  private static final String AMONG =
      "select address_hash from notifications.bounce where address_hash = any(?)";

  private static final String LIST =
      """
      select message_id, channel, address_hash, customer_id, reason, created_at
      from notifications.bounce
      where ?::uuid is null or message_id < ?
      order by message_id desc
      limit ?
      """;

  private static final String REMOVE = "delete from notifications.bounce where message_id = ?";

  private static final String FORGIVE = "delete from notifications.bounce where address_hash = ?";

  @Override
  public void add(List<Bounce> bounces, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            ADD,
            Columns.uuids(bounces, Bounce::messageId),
            Columns.texts(bounces, it -> it.channel().name()),
            Columns.texts(bounces, Bounce::fingerprint),
            Columns.uuids(bounces, Bounce::customerId),
            Columns.texts(bounces, Bounce::reason),
            Columns.instants(bounces, Bounce::at));
  }

  @Override
  public Set<String> among(Collection<String> fingerprints, UnitOfWork tx) {
    return new HashSet<>(
        Statements.of(tx)
            .query(
                AMONG,
                row -> row.getString("address_hash"),
                (Object) fingerprints.toArray(String[]::new)));
  }

  @Override
  public List<Bounce> list(@Nullable UUID before, int limit, UnitOfWork tx) {
    return Statements.of(tx).query(LIST, PostgresBounces::bounce, before, before, limit);
  }

  private static Bounce bounce(ResultSet row) throws SQLException {
    return new Bounce(
        Rows.uuid(row, "message_id"),
        Channel.valueOf(row.getString("channel")),
        row.getString("address_hash"),
        Rows.uuidOrNull(row, "customer_id"),
        row.getString("reason"),
        Rows.instant(row, "created_at"));
  }

  @Override
  public boolean remove(UUID message, UnitOfWork tx) {
    return Statements.of(tx).update(REMOVE, message) > 0;
  }

  @Override
  public void forgive(String fingerprint, UnitOfWork tx) {
    Statements.of(tx).write(FORGIVE, fingerprint);
  }
}
