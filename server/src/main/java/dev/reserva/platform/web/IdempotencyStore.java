package dev.reserva.platform.web;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.web.RequestContext.IdempotencyKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers that were given, by the identity of their commands, in {@code platform.idempotency}. */
final class IdempotencyStore {

  // The lock is a courtesy (409 at once instead of waiting); the primary key is the judge.
  private static final String CLAIM =
      """
      select pg_try_advisory_xact_lock(?) as free, k.fingerprint, k.status, k.headers, k.body
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
      select id, decode(fingerprint, 'hex'), status, headers, body
      from unnest(?::uuid[], ?::text[], ?::int[], ?::text[], ?::text[])
        as answer (id, fingerprint, status, headers, body)
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
    return Statements.of(tx)
        .query(CLAIM, IdempotencyStore::claim, id.getMostSignificantBits(), id)
        .getFirst();
  }

  private static Claim claim(ResultSet row) throws SQLException {
    if (row.getBytes("fingerprint") != null) {
      return new Claim.Answered(stored(row));
    }
    return row.getBoolean("free") ? new Claim.Free() : new Claim.Busy();
  }

  /** The answers known already, by {@link #idOf identity}. */
  Map<UUID, Stored> find(Collection<UUID> ids, UnitOfWork tx) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return Statements.of(tx)
        .query(
            FIND,
            row -> Map.entry(Rows.uuid(row, "id"), stored(row)),
            (Object) ids.toArray(UUID[]::new))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * @throws KeyTaken when one of them was answered meanwhile; the transaction must roll back
   */
  void remember(List<Remembered> answers, UnitOfWork tx) {
    if (answers.isEmpty()) {
      return;
    }
    // Not a deferred write: its failure must not meet a handler that runs within the transaction.
    int written =
        Statements.of(tx)
            .update(
                REMEMBER,
                Columns.uuids(answers, answer -> idOf(answer.key())),
                Columns.texts(
                    answers, answer -> HexFormat.of().formatHex(answer.key().fingerprint())),
                Columns.integers(answers, Remembered::status),
                Columns.texts(answers, Remembered::headers),
                Columns.texts(answers, Remembered::body));
    if (written != answers.size()) {
      throw new KeyTaken();
    }
  }

  /**
   * @return how many were older
   */
  int purge(long keepSeconds, int limit, UnitOfWork tx) {
    return Statements.of(tx).update(PURGE, keepSeconds, limit);
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        row.getBytes("fingerprint"),
        row.getInt("status"),
        row.getString("headers"),
        row.getString("body"));
  }
}
