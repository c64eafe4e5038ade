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

/** Stores the answers of commands by the commands' identity, in {@code platform.idempotency}. */
final class IdempotencyStore {

  // The lock only makes the 409 immediate instead of a wait. The primary key guarantees uniqueness.
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

  // Several processes may purge at once. Each skips rows that another process is deleting.
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

  /** A stored answer. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  record Stored(byte[] fingerprint, int status, String headers, @Nullable String body) {}

  /** An answer to store. */
  record Remembered(IdempotencyKey key, int status, String headers, @Nullable String body) {}

  /** Another transaction has stored an answer for one of the keys, so this one must roll back. */
  static final class KeyTaken extends RuntimeException {
    KeyTaken() {
      super("another transaction has used an idempotency key", null, false, false);
    }
  }

  /** The result of a look-up that claims the key. */
  sealed interface Claim {
    /** No answer is stored, and this transaction holds the claim. */
    record Free() implements Claim {}

    /** Another transaction holds the claim. */
    record Busy() implements Claim {}

    record Answered(Stored stored) implements Claim {}
  }

  /**
   * The identity of a command: the first half of SHA-256 over caller and key. It keeps rows small,
   * and neither caller nor key is stored.
   */
  static UUID idOf(IdempotencyKey key) {
    MessageDigest digest = RequestContextParameters.sha256();
    digest.update(key.caller().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(key.key().getBytes(StandardCharsets.UTF_8)));
    return new UUID(hash.getLong(), hash.getLong());
  }

  /** Looks an answer up and claims the key until the transaction ends. */
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

  /** The stored answers, by {@link #idOf identity}. */
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
   * @throws KeyTaken if another transaction has stored an answer for one of them; the transaction
   *     must roll back
   */
  void remember(List<Remembered> answers, UnitOfWork tx) {
    if (answers.isEmpty()) {
      return;
    }
    // Not a deferred write: it must fail here and not in a handler that runs in the same
    // transaction.
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
   * @return number of deleted answers
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
