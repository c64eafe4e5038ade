package dev.reserva.platform.web;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.web.RequestContext.IdempotencyKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers that were given, by the identity of their commands, in {@code platform.idempotency}. */
final class IdempotencyStore {

  // The lock is a courtesy (409 at once instead of waiting); the primary key is the judge.
  private static final String CLAIM =
      """
      select pg_try_advisory_xact_lock(?), k.fingerprint, k.status, k.headers, k.body
      from (values (1)) one
      left join platform.idempotency k on k.id = ?
      """;

  private static final String FIND =
      """
      select id, fingerprint, status, headers, body
      from platform.idempotency
      where id = any(?)
      """;

  private static final String REMEMBER =
      """
      insert into platform.idempotency (id, fingerprint, status, headers, body)
      select * from unnest(?::uuid[], ?::bytea[], ?::smallint[], ?::text[], ?::text[])
      on conflict do nothing
      """;

  // Several processes may purge: each takes rows that no other is deleting.
  private static final String PURGE =
      """
      delete from platform.idempotency
      where id in (
        select id from platform.idempotency
        where created_at < now() - make_interval(secs => ?)
        order by created_at
        limit ?
        for update skip locked)
      """;

  /** What was answered. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  record Stored(byte[] fingerprint, int status, String headers, @Nullable String body) {}

  /** An answer to remember. */
  record Remembered(IdempotencyKey key, int status, String headers, @Nullable String body) {}

  /** Another transaction has remembered an answer for one of the keys: ours must not count. */
  static final class KeyTaken extends RuntimeException {
    KeyTaken() {
      super("an idempotency key was taken meanwhile", null, false, false);
    }
  }

  /** What a look-up with a claim found. */
  sealed interface Claim {
    /** Nobody has answered it, and nobody else is at it. */
    record Free() implements Claim {}

    /** Another transaction is at it. */
    record Busy() implements Claim {}

    record Answered(Stored stored) implements Claim {}
  }

  /**
   * Identity of a command: the first half of SHA-256 over caller and key. So rows are small, and
   * neither is stored.
   */
  static UUID idOf(IdempotencyKey key) {
    MessageDigest digest = RequestContextParameters.sha256();
    digest.update(key.caller().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(key.key().getBytes(StandardCharsets.UTF_8)));
    return new UUID(hash.getLong(), hash.getLong());
  }

  /** Looks an answer up and keeps others off this key until the transaction ends. */
  Claim claim(IdempotencyKey key, UnitOfWork tx) {
    UUID id = idOf(key);
    try (PreparedStatement claim = tx.resource(Connection.class).prepareStatement(CLAIM)) {
      claim.setLong(1, id.getMostSignificantBits());
      claim.setObject(2, id);
      try (ResultSet row = claim.executeQuery()) {
        row.next();
        Stored stored = stored(row, 2);
        if (stored != null) {
          return new Claim.Answered(stored);
        }
        return row.getBoolean(1) ? new Claim.Free() : new Claim.Busy();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look up an idempotency key", e);
    }
  }

  /** The answers known already, by {@link #idOf identity}. */
  Map<UUID, Stored> find(Collection<UUID> ids, UnitOfWork tx) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      Map<UUID, Stored> found = new HashMap<>();
      try (ResultSet row = find.executeQuery()) {
        while (row.next()) {
          Stored stored = stored(row, 2);
          if (stored != null) {
            found.put(row.getObject(1, UUID.class), stored);
          }
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look up idempotency keys", e);
    }
  }

  /**
   * @throws KeyTaken when one of them was answered meanwhile; the transaction must roll back
   */
  void remember(List<Remembered> answers, UnitOfWork tx) {
    if (answers.isEmpty()) {
      return;
    }
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement remember = connection.prepareStatement(REMEMBER)) {
      remember.setArray(
          1,
          connection.createArrayOf(
              "uuid", answers.stream().map(answer -> idOf(answer.key())).toArray()));
      remember.setArray(
          2,
          connection.createArrayOf(
              "bytea",
              answers.stream().map(answer -> answer.key().fingerprint()).toArray(byte[][]::new)));
      remember.setArray(
          3,
          connection.createArrayOf(
              "smallint", answers.stream().map(answer -> (short) answer.status()).toArray()));
      remember.setArray(
          4, connection.createArrayOf("text", answers.stream().map(Remembered::headers).toArray()));
      remember.setArray(
          5, connection.createArrayOf("text", answers.stream().map(Remembered::body).toArray()));
      if (remember.executeUpdate() != answers.size()) {
        throw new KeyTaken();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot remember answers", e);
    }
  }

  /**
   * @return how many were older
   */
  int purge(long keepSeconds, int limit, UnitOfWork tx) {
    try (PreparedStatement purge = tx.resource(Connection.class).prepareStatement(PURGE)) {
      purge.setLong(1, keepSeconds);
      purge.setInt(2, limit);
      return purge.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot purge idempotency keys", e);
    }
  }

  private static @Nullable Stored stored(ResultSet row, int column) throws SQLException {
    byte[] fingerprint = row.getBytes(column);
    return fingerprint == null
        ? null
        : new Stored(
            fingerprint,
            row.getInt(column + 1),
            row.getString(column + 2),
            row.getString(column + 3));
  }
}
