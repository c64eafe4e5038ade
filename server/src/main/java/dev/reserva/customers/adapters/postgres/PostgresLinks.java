package dev.reserva.customers.adapters.postgres;

import dev.reserva.customers.application.Links;
import dev.reserva.customers.domain.Email;
import dev.reserva.customers.domain.Link;
import dev.reserva.customers.domain.Link.Owner;
import dev.reserva.customers.domain.Link.Purpose;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code customers.account_link} */
public final class PostgresLinks implements Links {

  // Each new link removes a few that have expired, so that these stay few.
  private static final String PURGE =
      """
      delete from customers.account_link
      where id in (
        select id from customers.account_link
        where expires_at <= ?
        order by expires_at
        limit 100
        for update skip locked)
      """;

  private static final String ADD =
      """
      insert into customers.account_link as known
        (id, purpose, owner_id, customer_id, account_id, created_at, expires_at)
      select id, purpose, owner_id, customer_id, account_id, created_at, expires_at
      from unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::uuid[], ?::timestamptz[],
          ?::timestamptz[])
        as wanted (id, purpose, owner_id, customer_id, account_id, created_at, expires_at)
      order by owner_id, purpose
      on conflict (owner_id, purpose) do update
        set id = excluded.id, created_at = excluded.created_at, expires_at = excluded.expires_at
        where known.created_at <= excluded.created_at - make_interval(secs => ?)
      returning id
      """;

  private static final String COLUMNS =
      "id, purpose, customer_id, account_id, created_at, expires_at";

  private static final String FIND =
      "select " + COLUMNS + " from customers.account_link where id = ? and expires_at > ?";

  private static final String TAKE =
      "delete from customers.account_link where id = ? and expires_at > ? returning " + COLUMNS;

  private static final String REMOVE =
      "delete from customers.account_link where owner_id = ? and purpose = any(?)";

  private static final String OPEN =
      """
      select l.id, l.purpose, l.customer_id, l.account_id, l.created_at, l.expires_at,
             c.email, u.login
      from customers.account_link l
      left join customers.customer c on c.id = l.customer_id
      left join customers.user_account u on u.id = l.account_id
      where l.expires_at > ?
      """;

  @Override
  public Set<UUID> add(List<Link> links, Duration pause, UnitOfWork tx) {
    if (links.isEmpty()) {
      return Set.of();
    }
    Statements sql = Statements.of(tx);
    sql.write(PURGE, links.getFirst().createdAt());
    return Set.copyOf(
        sql.query(
            ADD,
            row -> Rows.uuid(row, "id"),
            Columns.uuids(links, Link::id),
            Columns.texts(links, link -> link.purpose().wire()),
            Columns.uuids(links, link -> link.owner().id()),
            Columns.uuids(links, PostgresLinks::customer),
            Columns.uuids(links, PostgresLinks::account),
            Columns.instants(links, Link::createdAt),
            Columns.instants(links, Link::expiresAt),
            (double) pause.toSeconds()));
  }

  private static @Nullable UUID customer(Link link) {
    return link.owner() instanceof Owner.OfCustomer(UUID id) ? id : null;
  }

  private static @Nullable UUID account(Link link) {
    return link.owner() instanceof Owner.OfStaff(UUID id) ? id : null;
  }

  @Override
  public Optional<Link> find(UUID id, Instant now, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, PostgresLinks::link, id, now).stream().findFirst();
  }

  @Override
  public Optional<Link> take(UUID id, Instant now, UnitOfWork tx) {
    return Statements.of(tx).query(TAKE, PostgresLinks::link, id, now).stream().findFirst();
  }

  @Override
  public void remove(UUID owner, Set<Purpose> purposes, UnitOfWork tx) {
    Statements.of(tx)
        .write(REMOVE, owner, purposes.stream().map(Purpose::wire).toArray(String[]::new));
  }

  @Override
  public List<Open> open(
      Filter filter, @Nullable UUID before, int limit, Instant now, UnitOfWork tx) {
    StringBuilder statement = new StringBuilder(OPEN);
    List<Object> values = new ArrayList<>(List.of(now));
    if (filter.email() != null) {
      statement.append("and c.email_key = ? ");
      values.add(filter.email().key());
    }
    if (filter.username() != null) {
      statement.append("and u.login = ? ");
      values.add(filter.username());
    }
    if (before != null) {
      statement.append("and l.id < ? ");
      values.add(before);
    }
    statement.append("order by l.id desc limit ?");
    values.add(limit);
    return Statements.of(tx).query(statement.toString(), PostgresLinks::opened, values.toArray());
  }

  private static Open opened(ResultSet row) throws SQLException {
    String email = row.getString("email");
    return new Open(link(row), email == null ? null : new Email(email), row.getString("login"));
  }

  private static Link link(ResultSet row) throws SQLException {
    UUID customer = row.getObject("customer_id", UUID.class);
    return new Link(
        Rows.uuid(row, "id"),
        row.getString("purpose").equals(Purpose.VERIFY_EMAIL.wire())
            ? Purpose.VERIFY_EMAIL
            : Purpose.RESET_PASSWORD,
        customer == null
            ? new Owner.OfStaff(Rows.uuid(row, "account_id"))
            : new Owner.OfCustomer(customer),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "expires_at"));
  }
}
