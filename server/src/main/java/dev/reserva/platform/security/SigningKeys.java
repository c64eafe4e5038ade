package dev.reserva.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.proc.SecurityContext;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.SqlFailure;
import dev.reserva.messaging.sql.Statements;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key pairs of {@code platform.signing_key}. Every process on the database verifies with all
 * public keys; a process signs with the private keys that its {@link TokenSecret} decrypts.
 *
 * <ul>
 *   <li>A key signs for one period. Its successor is published {@link #LEAD} before it signs.
 *   <li>A key verifies until the last token that it may have signed has expired, then its row is
 *       deleted.
 *   <li>The first key of a secret is made when a token is first issued, and signs at once. So does
 *       the successor of one that ended while no process ran.
 *   <li>A token with an unknown key makes this process read the keys, once in {@link #PAUSE} at
 *       most, whatever callers send. While they cannot be read, it can be neither accepted nor
 *       refused.
 *   <li>A key whose row is deleted is refused within {@link #INTERVAL}: the way to withdraw it.
 * </ul>
 */
final class SigningKeys implements TokenKeys {

  /** How long before it signs a key is published. */
  static final Duration LEAD = Duration.ofMinutes(15);

  static final Duration INTERVAL = Duration.ofMinutes(1);
  static final Duration PAUSE = Duration.ofSeconds(1);

  /** How long a request waits for a read that another one makes. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('platform.signing_key', 0))";

  private static final String FIND =
      """
      select id, public_key, secret_name, private_key, signs_from, signs_until, verifies_until
      from platform.signing_key
      where verifies_until > ?
      """;

  private static final String ADD =
      """
      insert into platform.signing_key
        (id, public_key, secret_name, private_key, signs_from, signs_until, verifies_until)
      values (?, decode(?, 'hex'), ?, decode(?, 'hex'), ?, ?, ?)
      """;

  private static final String PURGE = "delete from platform.signing_key where verifies_until <= ?";

  /**
   * @param key with its private part if it is this process's own
   * @param isOwn whether this process can sign with it
   */
  private record Key(
      ECKey key, boolean isOwn, Instant signsFrom, Instant signsUntil, Instant verifiesUntil) {}

  private final Transactions transactions;
  private final TokenSecret secret;
  private final Duration period;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final BiConsumer<String, UnitOfWork> announcement;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile List<Key> known = List.of();

  /** When a token with an unknown key last made this process read. Guarded by the lock. */
  private @Nullable Long lastAsked;

  /** Whether that read failed. Guarded by the lock. */
  private boolean lastFailed;

  /**
   * @param period how long a key signs
   * @param nanoTime a clock that only moves forward
   * @param announcement gets the id of each key that this process adds, in its transaction
   */
  SigningKeys(
      Transactions transactions,
      TokenSecret secret,
      Duration period,
      Clock clock,
      LongSupplier nanoTime,
      BiConsumer<String, UnitOfWork> announcement) {
    this.transactions = transactions;
    this.announcement = announcement;
    this.secret = secret;
    this.period = period;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  @Override
  public ECKey signing(Instant now) {
    return current(known, now).or(() -> current(rotated(now), now)).orElseThrow().key();
  }

  /**
   * @throws RemoteKeySourceException if no known key matches and the keys cannot be read: whether
   *     there is such a key is not known then
   */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws RemoteKeySourceException {
    List<JWK> matching = selector.select(published());
    if (!matching.isEmpty()) {
      return matching;
    }
    if (!lockSoon()) {
      throw unreadable(null);
    }
    try {
      matching = selector.select(published()); // another request may have read meanwhile
      if (!matching.isEmpty()) {
        return matching;
      }
      long now = nanoTime.getAsLong();
      if (lastAsked == null || now - lastAsked >= PAUSE.toNanos()) {
        lastAsked = now;
        lastFailed = true;
        read();
        lastFailed = false;
      } else if (lastFailed) {
        throw unreadable(null);
      }
    } catch (DependencyUnavailable | SqlFailure e) {
      throw unreadable(e);
    } finally {
      reading.unlock();
    }
    return selector.select(published());
  }

  private static RemoteKeySourceException unreadable(@Nullable Exception cause) {
    return new RemoteKeySourceException("the keys of this system cannot be read", cause);
  }

  private boolean lockSoon() {
    try {
      return reading.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** All keys that verify now, without their private parts. */
  JWKSet published() {
    Instant now = clock.instant();
    return new JWKSet(
        known.stream()
            .filter(key -> key.verifiesUntil().isAfter(now))
            .<JWK>map(key -> key.key().toPublicJWK())
            .toList());
  }

  /** Publishes the next key in time, and reads what other processes have published. */
  Worker rotation() {
    return new Worker(
        "platform.signing-keys",
        INTERVAL,
        () -> {
          read();
          // A process that never issues a token makes no key.
          if (known.stream().anyMatch(Key::isOwn)) {
            List<Key> _ = rotated(clock.instant());
          }
          return false;
        });
  }

  private static Optional<Key> current(List<Key> keys, Instant now) {
    Comparator<Key> byStart = Comparator.comparing(Key::signsFrom);
    List<Key> usable =
        keys.stream().filter(key -> key.isOwn() && now.isBefore(key.signsUntil())).toList();
    return usable.stream()
        .filter(key -> !now.isBefore(key.signsFrom()))
        .max(byStart)
        // A process whose clock is ahead made the first key.
        .or(() -> usable.stream().min(byStart));
  }

  private void read() {
    Instant now = clock.instant();
    known = transactions.snapshot(tx -> find(now, tx));
  }

  /** Adds a key if one is due, and deletes those that verify no more. */
  private List<Key> rotated(Instant now) {
    List<Key> found = find(now);
    if (dueFrom(found, now) != null) {
      found =
          transactions.call(tx -> {
            Statements.of(tx).query(LOCK, row -> true);
            Instant from = dueFrom(find(now, tx), now); // another process may have been first
            if (from != null) {
              add(from, tx);
              Statements.of(tx).write(PURGE, now);
            }
            return find(now, tx);
          });
    }
    known = found;
    return found;
  }

  /** When the next key must begin to sign; absent if it is not due yet. */
  private @Nullable Instant dueFrom(List<Key> keys, Instant now) {
    Optional<Key> newest =
        keys.stream().filter(Key::isOwn).max(Comparator.comparing(Key::signsFrom));
    if (newest.isEmpty() || !now.isBefore(newest.get().signsUntil())) {
      return now;
    }
    if (now.isBefore(newest.get().signsFrom().plus(period).minus(LEAD))) {
      return null;
    }
    Instant published = now.plus(LEAD);
    return published.isBefore(newest.get().signsUntil()) ? published : newest.get().signsUntil();
  }

  private void add(Instant signsFrom, UnitOfWork tx) {
    ECKey key = generated();
    String id = key.getKeyID();
    Instant signsUntil = signsFrom.plus(period).plus(LEAD);
    try {
      Statements.of(tx)
          .write(
              ADD,
              id,
              HexFormat.of().formatHex(key.toECPublicKey().getEncoded()),
              secret.name(),
              HexFormat.of().formatHex(secret.seal(key.toECPrivateKey().getEncoded(), id)),
              signsFrom,
              signsUntil,
              signsUntil.plus(Revocations.KEPT));
    } catch (JOSEException e) {
      throw new IllegalStateException("the new key cannot be encoded", e);
    }
    announcement.accept(id, tx);
    tx.afterCommit(() -> LOG.info("signing key published: key={} signsFrom={}", id, signsFrom));
  }

  private static ECKey generated() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  private List<Key> find(Instant now) {
    return transactions.snapshot(tx -> find(now, tx));
  }

  private List<Key> find(Instant now, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, this::key, now);
  }

  private Key key(ResultSet row) throws SQLException {
    String id = row.getString("id");
    boolean isOwn = secret.name().equals(row.getString("secret_name"));
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      ECPublicKey publicKey =
          (ECPublicKey)
              factory.generatePublic(
                  new X509EncodedKeySpec(Objects.requireNonNull(row.getBytes("public_key"))));
      ECKey.Builder key =
          new ECKey.Builder(Curve.P_256, publicKey)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES256)
              .keyID(id);
      if (isOwn) {
        byte[] sealed = Objects.requireNonNull(row.getBytes("private_key"));
        key.privateKey(factory.generatePrivate(new PKCS8EncodedKeySpec(secret.open(sealed, id))));
      }
      return new Key(
          key.build(),
          isOwn,
          Rows.instant(row, "signs_from"),
          Rows.instant(row, "signs_until"),
          Rows.instant(row, "verifies_until"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key %s cannot be read".formatted(id), e);
    }
  }
}
