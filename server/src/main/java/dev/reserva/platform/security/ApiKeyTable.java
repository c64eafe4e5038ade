package dev.reserva.platform.security;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code platform.api_key}: the keys of machine clients. A key is stored as its hash only. It has
 * more random bits than the hash, so a plain SHA-256 protects it.
 */
public final class ApiKeyTable implements UsableApiKeys {

  /** How exact {@link Row#lastUsedAt} is: a key in use writes its row once in so long. */
  static final Duration USE_NOTED = Duration.ofMinutes(1);

  private static final String COLUMNS =
      """
      select id, name, prefix, array_to_string(roles, ',') as roles, created_by,
             created_by_account, created_at, expires_at, revoked_at, last_used_at
      from platform.api_key
      """;

  private static final String BY_KEY = COLUMNS + "where key_hash = decode(?, 'hex')";

  private static final String FIND = COLUMNS + "where id = ?";

  private static final String LIST =
      COLUMNS
          + """
          where ?::uuid is null or id < ?
          order by id desc
          limit ?
          """;

  private static final String COUNT_USABLE =
      """
      select count(*) as keys from platform.api_key where revoked_at is null and expires_at > ?
      """;

  private static final String ADD =
      """
      insert into platform.api_key
        (id, name, prefix, key_hash, roles, created_by, created_by_account, created_at, expires_at)
      values (?, ?, ?, decode(?, 'hex'), ?, ?, ?, ?, ?)
      """;

  private static final String REVOKE =
      "update platform.api_key set revoked_at = ? where id = ? and revoked_at is null";

  private static final String REVOKE_OF_MAKER =
      """
      update platform.api_key
      set revoked_at = ?
      where created_by_account = ? and revoked_at is null and not roles <@ ?
      returning id
      """;

  private static final String NOTE_USE =
      """
      update platform.api_key
      set last_used_at = ?
      where id = ? and (last_used_at is null or last_used_at <= ?)
      """;

  private final Transactions transactions;
  private final TokenRevoker revoker;

  ApiKeyTable(Transactions transactions, TokenRevoker revoker) {
    this.transactions = transactions;
    this.revoker = revoker;
  }

  /**
   * A key without its secret.
   *
   * @param prefix the part of the key that is shown
   * @param createdByAccount absent if the maker's login is not of this system
   */
  public record Row(
      UUID id,
      String name,
      String prefix,
      Set<Role> roles,
      String createdBy,
      @Nullable UUID createdByAccount,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant lastUsedAt) {

    public Row {
      roles = Set.copyOf(roles);
    }

    /** Whether the key opens anything at this time. */
    public boolean usable(Instant now) {
      return revokedAt == null && now.isBefore(expiresAt);
    }
  }

  /**
   * @param key the whole key; only its hash is stored
   */
  public void add(Row row, String key, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            ADD,
            row.id(),
            row.name(),
            row.prefix(),
            digest(key),
            row.roles().stream().map(Role::wire).sorted().toArray(String[]::new),
            row.createdBy(),
            row.createdByAccount(),
            row.createdAt(),
            row.expiresAt());
  }

  public Optional<Row> find(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, ApiKeyTable::row, id).stream().findFirst();
  }

  /**
   * Keys, newest first, the ended ones too.
   *
   * @param before only keys with a lower id; absent for the newest
   */
  public List<Row> list(@Nullable UUID before, int limit, UnitOfWork tx) {
    return Statements.of(tx).query(LIST, ApiKeyTable::row, before, before, limit);
  }

  public int countUsable(Instant now, UnitOfWork tx) {
    return Statements.of(tx).query(COUNT_USABLE, row -> row.getInt("keys"), now).getFirst();
  }

  /** Revokes a key: every process refuses it within two seconds of the commit. */
  public void revoke(UUID id, Instant now, UnitOfWork tx) {
    if (Statements.of(tx).update(REVOKE, now, id) == 1) {
      revoker.ofApiKey(id, now, tx);
    }
  }

  /**
   * Revokes the keys that an account made, as {@link #revoke}, unless they have none but these
   * roles.
   *
   * @return the ids of the revoked keys
   */
  public List<UUID> revokeOfMaker(UUID account, Set<Role> kept, Instant now, UnitOfWork tx) {
    List<UUID> revoked =
        Statements.of(tx)
            .query(
                REVOKE_OF_MAKER,
                row -> Rows.uuid(row, "id"),
                now,
                account,
                kept.stream().map(Role::wire).toArray(String[]::new));
    revoked.forEach(id -> revoker.ofApiKey(id, now, tx));
    return revoked;
  }

  @Override
  public Optional<UsableApiKey> use(String digest, Instant now) {
    return transactions
        .call(tx -> use(digest, now, tx))
        .map(row ->
            new UsableApiKey(
                row.id(), row.prefix(), row.roles(), row.createdAt(), row.expiresAt()));
  }

  private static Optional<Row> use(String digest, Instant now, UnitOfWork tx) {
    Optional<Row> found =
        Statements.of(tx).query(BY_KEY, ApiKeyTable::row, digest).stream()
            .filter(row -> row.usable(now))
            .findFirst();
    found
        .filter(row -> row.lastUsedAt() == null || !row.lastUsedAt().isAfter(now.minus(USE_NOTED)))
        .ifPresent(row -> Statements.of(tx).write(NOTE_USE, now, row.id(), now.minus(USE_NOTED)));
    return found;
  }

  /** SHA-256 of a key, 64 hexadecimal digits. */
  static String digest(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    List<String> names = Arrays.asList(row.getString("roles").split(",", -1));
    return new Row(
        Rows.uuid(row, "id"),
        row.getString("name"),
        row.getString("prefix"),
        Arrays.stream(Role.values())
            .filter(role -> names.contains(role.wire()))
            .collect(Collectors.toUnmodifiableSet()),
        row.getString("created_by"),
        Rows.uuidOrNull(row, "created_by_account"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "expires_at"),
        Rows.instantOrNull(row, "revoked_at"),
        Rows.instantOrNull(row, "last_used_at"));
  }
}
