package dev.reserva.platform.privacy;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of persons, in {@code platform.subject_key}: 256 random bits each, sealed with the
 * master key. A destroyed key leaves its row, so that no new one is ever made in its place.
 */
public final class SubjectKeys {

  private static final int KEY_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String FIND =
      """
      select subject, master, encode(sealed_key, 'hex') as sealed_key
      from platform.subject_key
      where subject = any(?)
      """;

  // Of two transactions that make the key of one person the second waits here for the first.
  private static final String ADD =
      """
      insert into platform.subject_key (subject, master, sealed_key)
      select subject, ?, decode(sealed_key, 'hex') from unnest(?::uuid[], ?::text[])
        as new (subject, sealed_key)
      on conflict (subject) do nothing
      """;

  private static final String DESTROY =
      """
      insert into platform.subject_key as known (subject, destroyed_at)
      select subject, now() from unnest(?::uuid[]) as subject order by subject
      on conflict (subject) do update
      set master = null, sealed_key = null, destroyed_at = excluded.destroyed_at
      where known.destroyed_at is null
      """;

  private final MasterKeys masters;

  public SubjectKeys(MasterKeys masters) {
    this.masters = masters;
  }

  private record Row(UUID subject, @Nullable String master, @Nullable String sealedKey) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Fresh(UUID subject, byte[] key) {}

  /** The keys of these persons. A key that is unknown or destroyed is left out. */
  public Map<UUID, SubjectKey> find(Collection<UUID> subjects, UnitOfWork tx) {
    return present(rows(subjects, tx));
  }

  /** The keys of these persons, made where there is none. A destroyed key is left out. */
  public Map<UUID, SubjectKey> obtain(Collection<UUID> subjects, UnitOfWork tx) {
    List<Row> known = rows(subjects, tx);
    TreeSet<UUID> unknown =
        new TreeSet<>(subjects); // in one order, so that no two wait in a circle
    known.forEach(row -> unknown.remove(row.subject()));
    Map<UUID, SubjectKey> keys = present(known);
    if (!unknown.isEmpty()) {
      Statements.of(tx).write(ADD, added(unknown.stream().map(SubjectKeys::fresh).toList()));
      keys.putAll(find(unknown, tx)); // another transaction may have been first
    }
    return keys;
  }

  /** Makes the keys of persons that this transaction adds, so that nobody else can know them. */
  public Map<UUID, SubjectKey> create(Collection<UUID> subjects, UnitOfWork tx) {
    List<Fresh> fresh = subjects.stream().map(SubjectKeys::fresh).toList();
    if (!fresh.isEmpty()) {
      Statements.of(tx).write(ADD, added(fresh));
    }
    Map<UUID, SubjectKey> keys = new HashMap<>();
    fresh.forEach(one -> keys.put(one.subject(), key(one.subject(), one.key())));
    return keys;
  }

  /** Destroys the keys of persons for good, also of those who have none yet. */
  public void destroy(Collection<UUID> subjects, UnitOfWork tx) {
    Statements.of(tx).write(DESTROY, (Object) subjects.toArray(UUID[]::new));
  }

  private static List<Row> rows(Collection<UUID> subjects, UnitOfWork tx) {
    return subjects.isEmpty()
        ? List.of()
        : Statements.of(tx)
            .query(
                FIND,
                row ->
                    new Row(
                        Rows.uuid(row, "subject"),
                        row.getString("master"),
                        row.getString("sealed_key")),
                (Object) subjects.toArray(UUID[]::new));
  }

  private Map<UUID, SubjectKey> present(List<Row> rows) {
    Map<UUID, SubjectKey> keys = new HashMap<>();
    for (Row row : rows) {
      String master = row.master();
      String sealedKey = row.sealedKey();
      if (master != null && sealedKey != null) {
        keys.put(row.subject(), key(row.subject(), opened(row.subject(), master, sealedKey)));
      }
    }
    return keys;
  }

  private byte[] opened(UUID subject, String master, String sealedKey) {
    return masters
        .find(master)
        .flatMap(
            key -> Aes.open(key.subjects(), about(subject), HexFormat.of().parseHex(sealedKey)))
        .orElseThrow(() ->
            new IllegalStateException(
                ("the key of %s was sealed with secret \"%s\";"
                        + " reserva.privacy.secret and former-secrets give %s")
                    .formatted(subject, master, masters.ids())));
  }

  private Object[] added(List<Fresh> fresh) {
    MasterKeys.Master master = masters.present();
    return new Object[] {
      master.id(),
      Columns.uuids(fresh, Fresh::subject),
      Columns.texts(fresh, one -> HexFormat.of().formatHex(sealed(master, one)))
    };
  }

  private static byte[] sealed(MasterKeys.Master master, Fresh fresh) {
    byte[] nonce = new byte[Aes.NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return Aes.seal(master.subjects(), nonce, about(fresh.subject()), fresh.key());
  }

  private static Fresh fresh(UUID subject) {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return new Fresh(subject, key);
  }

  private static SubjectKey key(UUID subject, byte[] key) {
    return new SubjectKey(subject, new SecretKeySpec(key, "AES"));
  }

  private static byte[] about(UUID subject) {
    return ("key of " + subject).getBytes(StandardCharsets.UTF_8);
  }
}
