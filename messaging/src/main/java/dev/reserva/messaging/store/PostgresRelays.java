package dev.reserva.messaging.store;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Relays;
import dev.reserva.messaging.UnitOfWork;
import java.util.Optional;

/**
 * The relay's row of {@code messaging.subscription}. The database's clock judges its lease. A relay
 * that was set back counts as running until its lease ends, because the process that had it claims
 * it again.
 */
public final class PostgresRelays implements Relays {

  private static final String SELECT =
      """
      select position, lease_until > clock_timestamp() as running
      from messaging.subscription where name = ?
      """;
  private static final String DELETE = "delete from messaging.subscription where name = ?";

  @Override
  public Optional<Relay> find(UnitOfWork snapshot) {
    return Sql.query(
            Sql.connection(snapshot),
            SELECT,
            row -> new Relay(row.getLong("position"), row.getBoolean("running")),
            Backbone.RELAY)
        .stream()
        .findFirst();
  }

  @Override
  public Removal remove(UnitOfWork tx) {
    Sql.query(Sql.connection(tx), PostgresCursors.LOCK_SUBSCRIPTION, row -> true, Backbone.RELAY);
    Optional<Relay> relay = find(tx);
    if (relay.isEmpty()) {
      return Removal.UNKNOWN;
    }
    if (relay.get().running()) {
      return Removal.RUNNING;
    }
    Sql.update(Sql.connection(tx), DELETE, Backbone.RELAY);
    return Removal.REMOVED;
  }
}
