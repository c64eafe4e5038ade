package dev.reserva.webhooks.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.webhooks.application.Endpoints;
import dev.reserva.webhooks.domain.DisabledReason;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EventFilter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code webhooks.endpoint} and {@code webhooks.position} */
public final class PostgresEndpoints implements Endpoints {

  private static final String LOCK_POSITION = "select position from webhooks.position for update";
  private static final String MOVE = "update webhooks.position set position = ?";

  private static final String COLUMNS =
      """
      select id, url, filters, description, ordered, state, disabled_reason, failing_since, secret,
        former_secret, former_until, created_at, updated_at, version
      from webhooks.endpoint
      """;

  private static final String ENABLED = COLUMNS + "where state <> 'DISABLED' order by id";
  private static final String FIND = COLUMNS + "where id = ?";
  private static final String LOCK = FIND + " for update";
  private static final String COUNT = "select count(*) as endpoints from webhooks.endpoint";

  private static final String LIST =
      COLUMNS + "where (?::uuid is null or id < ?) order by id desc limit ?";

  private static final String ADD =
      """
      insert into webhooks.endpoint (id, url, filters, description, ordered, state, disabled_reason,
        failing_since, secret, former_secret, former_until, created_at, updated_at, version)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String REPLACE =
      """
      update webhooks.endpoint
      set url = ?, filters = ?, description = ?, ordered = ?, state = ?, disabled_reason = ?,
        failing_since = ?, secret = ?, former_secret = ?, former_until = ?, updated_at = ?,
        version = ?
      where id = ?
      """;

  private static final String REMOVE = "delete from webhooks.endpoint where id = ?";

  @Override
  public long lockPosition(UnitOfWork tx) {
    return Statements.of(tx).query(LOCK_POSITION, row -> row.getLong("position")).getFirst();
  }

  @Override
  public void moveTo(long position, UnitOfWork tx) {
    Statements.of(tx).write(MOVE, position);
  }

  @Override
  public List<Endpoint> enabled(UnitOfWork tx) {
    return Statements.of(tx).query(ENABLED, WebhookRows::endpoint);
  }

  @Override
  public int count(UnitOfWork tx) {
    return Statements.of(tx).query(COUNT, row -> row.getInt("endpoints")).getFirst();
  }

  @Override
  public Optional<Endpoint> find(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, WebhookRows::endpoint, id).stream().findFirst();
  }

  @Override
  public Optional<Endpoint> lock(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(LOCK, WebhookRows::endpoint, id).stream().findFirst();
  }

  @Override
  public List<Endpoint> list(@Nullable UUID before, int limit, UnitOfWork tx) {
    return Statements.of(tx).query(LIST, WebhookRows::endpoint, before, before, limit);
  }

  @Override
  public void add(Endpoint it, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            ADD,
            it.id(),
            it.target().url(),
            filters(it),
            it.target().description(),
            it.target().ordered(),
            it.state().name(),
            name(it.disabledReason()),
            it.failingSince(),
            it.secrets().present(),
            it.secrets().former(),
            it.secrets().formerUntil(),
            it.createdAt(),
            it.updatedAt(),
            it.version());
  }

  @Override
  public void replace(Endpoint it, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            REPLACE,
            it.target().url(),
            filters(it),
            it.target().description(),
            it.target().ordered(),
            it.state().name(),
            name(it.disabledReason()),
            it.failingSince(),
            it.secrets().present(),
            it.secrets().former(),
            it.secrets().formerUntil(),
            it.updatedAt(),
            it.version(),
            it.id());
  }

  @Override
  public boolean remove(UUID id, UnitOfWork tx) {
    return Statements.of(tx).update(REMOVE, id) == 1;
  }

  private static String[] filters(Endpoint endpoint) {
    return endpoint.target().filters().stream().map(EventFilter::pattern).toArray(String[]::new);
  }

  private static @Nullable String name(@Nullable DisabledReason reason) {
    return reason == null ? null : reason.name();
  }
}
