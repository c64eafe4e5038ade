package dev.reserva.customers.adapters.postgres;

import dev.reserva.customers.application.Sessions;
import dev.reserva.customers.domain.Session;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code customers.session} */
public final class PostgresSessions implements Sessions {

  private static final String COLUMNS =
      """
      select id, account_id, encode(secret_hash, 'hex') as secret_hash,
             encode(previous_hash, 'hex') as previous_hash, refreshed_at, created_at, expires_at
      from customers.session
      """;

  private static final String FIND = COLUMNS + "where id = ?";

  private static final String LOCK = FIND + " for update";

  private static final String LIST =
      COLUMNS
          + """
          where account_id = ? and expires_at > ? and (?::uuid is null or id < ?)
          order by id desc
          limit ?
          """;

  private static final String ADD =
      """
      insert into customers.session
        (id, account_id, secret_hash, previous_hash, refreshed_at, created_at, expires_at)
      values (?, ?, decode(?, 'hex'), decode(?, 'hex'), ?, ?, ?)
      """;

  private static final String DELETE_OLDEST =
      """
      delete from customers.session
      where id in (
        select id from customers.session
        where account_id = ?
        order by created_at desc, id desc
        offset ?)
      """;

  private static final String UPDATE =
      """
      update customers.session
      set secret_hash = decode(?, 'hex'), previous_hash = decode(?, 'hex'), refreshed_at = ?
      where id = ?
      """;

  private static final String DELETE = "delete from customers.session where id = ?";

  private static final String DELETE_OF_ACCOUNT =
      "delete from customers.session where account_id = ?";

  // Several processes may purge at once. Each skips rows that another process is deleting.
  private static final String DELETE_EXPIRED =
      """
      delete from customers.session
      where id in (
        select id from customers.session
        where expires_at <= ?
        order by expires_at
        limit ?
        for update skip locked)
      """;

  @Override
  public Optional<Session> find(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, PostgresSessions::session, id).stream().findFirst();
  }

  @Override
  public Optional<Session> lock(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(LOCK, PostgresSessions::session, id).stream().findFirst();
  }

  @Override
  public List<Session> list(
      UUID account, @Nullable UUID before, int limit, Instant now, UnitOfWork tx) {
    return Statements.of(tx)
        .query(LIST, PostgresSessions::session, account, now, before, before, limit);
  }

  @Override
  public void add(Session session, int most, UnitOfWork tx) {
    Statements sql = Statements.of(tx);
    sql.write(
        ADD,
        session.id(),
        session.account(),
        session.secretHash(),
        session.previousHash(),
        session.refreshedAt(),
        session.createdAt(),
        session.expiresAt());
    sql.write(DELETE_OLDEST, session.account(), most);
  }

  @Override
  public void update(Session session, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            UPDATE,
            session.secretHash(),
            session.previousHash(),
            session.refreshedAt(),
            session.id());
  }

  @Override
  public boolean delete(UUID id, UnitOfWork tx) {
    return Statements.of(tx).update(DELETE, id) == 1;
  }

  @Override
  public int deleteOf(UUID account, UnitOfWork tx) {
    return Statements.of(tx).update(DELETE_OF_ACCOUNT, account);
  }

  @Override
  public int deleteExpired(Instant now, int limit, UnitOfWork tx) {
    return Statements.of(tx).update(DELETE_EXPIRED, now, limit);
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "account_id"),
        row.getString("secret_hash"),
        row.getString("previous_hash"),
        Rows.instant(row, "refreshed_at"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "expires_at"));
  }
}
