package dev.reserva.platform.security;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.SqlFailure;
import dev.reserva.messaging.sql.Statements;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The accounts, sessions and API keys whose tokens are refused before they expire.
 *
 * <ul>
 *   <li>A revocation is a row of {@code platform.token_revocation}, written in the transaction that
 *       has the reason for it. This process refuses the tokens once that transaction commits.
 *   <li>The other processes read new rows every {@link #POLL}. A process whose last read began
 *       longer than {@link #FRESH} ago reads before it answers, and accepts no token if it cannot.
 *       So a revoked token is refused everywhere within {@link #FRESH} of the commit.
 *   <li>A row lives for {@link #KEPT}, longer than any access token.
 * </ul>
 *
 * <p>A check is one or two look-ups in memory. The number of revocations in memory is bounded by
 * the number of log-ins in {@link #KEPT}, each of which takes the hashing of a password.
 */
public final class Revocations {

  /** How often new revocations are read. */
  static final Duration POLL = Duration.ofSeconds(1);

  /** How long ago the last read may have begun when a token is accepted. */
  static final Duration FRESH = Duration.ofSeconds(2);

  /** The longest lifetime of an access token, with a margin for clocks that differ. */
  static final Duration KEPT = SecurityProperties.LONGEST_TOKEN_LIFETIME.plusMinutes(5);

  /** After a read that failed, tokens are refused for so long without another try. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** How long a request waits for a read that another one makes. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);
  private static final int PURGE_BATCH = 1_000;

  /** A session and an API key have no versions: all of their tokens are refused. */
  private static final int ALL_VERSIONS = Integer.MAX_VALUE;

  private static final String REVOKE =
      """
      insert into platform.token_revocation (subject, valid_from_version, expires_at)
      values (?, ?, ?)
      """;

  // Rows of transactions that were under way at the last read may have become visible since. The
  // horizon is the oldest of them, so a row may be read again, and none is missed.
  private static final String READ =
      """
      select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
             r.subject, r.valid_from_version, r.expires_at
      from (values (1)) one
      left join platform.token_revocation r on r.written_by >= ?::text::xid8
      """;

  private static final String PURGE =
      """
      delete from platform.token_revocation
      where ctid = any(array(
        select ctid from platform.token_revocation
        where expires_at < ?
        limit ?
        for update skip locked))
      """;

  /**
   * @param validFrom tokens with a lower version are refused
   * @param expires when no token can be left
   */
  private record Revoked(int validFrom, Instant expires) {
    Revoked or(Revoked other) {
      return new Revoked(
          Math.max(validFrom, other.validFrom),
          expires.isAfter(other.expires) ? expires : other.expires);
    }
  }

  private record Read(String horizon, @Nullable UUID subject, @Nullable Revoked revoked) {}

  private final Transactions transactions;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Map<UUID, Revoked> revoked = new ConcurrentHashMap<>();
  private final ReentrantLock reading = new ReentrantLock();

  /** When the last successful read began. Written under the lock. */
  private volatile long readAt;

  /** Whether there was one. Written under the lock, after {@link #readAt}. */
  private volatile boolean wasRead;

  /** When the last read failed; absent if it succeeded. Written under the lock. */
  private volatile @Nullable Long failedAt;

  /** Rows of older transactions are known. Guarded by the lock. */
  private String horizon = "0";

  /**
   * @param nanoTime a clock that only moves forward
   */
  Revocations(Transactions transactions, Clock clock, LongSupplier nanoTime) {
    this.transactions = transactions;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Whether the tokens of a subject are refused cannot be known now. */
  static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown(@Nullable Throwable cause) {
      super("the revoked tokens cannot be read", cause, false, false);
    }
  }

  /** Revokes an account's tokens with a lower version than this. */
  public void ofAccount(UUID account, int validFromVersion, Instant now, UnitOfWork tx) {
    revoke(account, validFromVersion, now, tx);
  }

  /** Revokes the access tokens of one session. */
  public void ofSession(UUID session, Instant now, UnitOfWork tx) {
    revoke(session, ALL_VERSIONS, now, tx);
  }

  /** Revokes an API key. Whoever caches keys does so for less than {@link #KEPT}. */
  public void ofApiKey(UUID key, Instant now, UnitOfWork tx) {
    revoke(key, ALL_VERSIONS, now, tx);
  }

  private void revoke(UUID subject, int validFromVersion, Instant now, UnitOfWork tx) {
    Revoked added = new Revoked(validFromVersion, now.plus(KEPT));
    Statements.of(tx).write(REVOKE, subject, added.validFrom(), added.expires());
    tx.afterCommit(() -> revoked.merge(subject, added, Revoked::or));
  }

  /**
   * Whether a subject's tokens of a version are refused.
   *
   * @throws Unknown if the revocations cannot be read
   */
  public boolean isRevoked(UUID subject, int version) {
    requireFresh();
    return covers(subject, version);
  }

  /** As {@link #isRevoked(UUID, int)} for a subject without versions. */
  public boolean isRevoked(UUID subject) {
    requireFresh();
    return revoked.containsKey(subject);
  }

  /** One check for both subjects of an access token. */
  boolean isRevoked(UUID account, int version, UUID session) {
    requireFresh();
    return !revoked.isEmpty() && (covers(account, version) || revoked.containsKey(session));
  }

  private boolean covers(UUID subject, int version) {
    Revoked found = revoked.get(subject);
    return found != null && version < found.validFrom();
  }

  /** Reads new revocations every {@link #POLL}. */
  Worker polling() {
    return new Worker(
        "platform.revocations",
        POLL,
        () -> {
          reading.lock();
          try {
            read();
          } finally {
            reading.unlock();
          }
          return false;
        });
  }

  /** Deletes and forgets revocations of which no token is left. */
  Worker purge() {
    return new Worker(
        "platform.revocations-purge",
        PURGE_INTERVAL,
        () -> {
          Instant now = clock.instant();
          revoked.values().removeIf(one -> one.expires().isBefore(now));
          return transactions.call(tx -> Statements.of(tx).update(PURGE, now, PURGE_BATCH))
              == PURGE_BATCH;
        });
  }

  private void requireFresh() {
    if (isFresh()) {
      return;
    }
    // During an outage an attempt may take seconds. One request makes it, and the others fail.
    Long failed = failedAt;
    boolean mayRead =
        failed == null
            ? lockSoon()
            : nanoTime.getAsLong() - failed >= PAUSE.toNanos() && reading.tryLock();
    if (!mayRead) {
      throw new Unknown(null);
    }
    try {
      if (!isFresh()) { // another request may have read meanwhile
        read();
      }
    } catch (DependencyUnavailable | SqlFailure e) {
      throw new Unknown(e);
    } finally {
      reading.unlock();
    }
  }

  private boolean isFresh() {
    return wasRead && nanoTime.getAsLong() - readAt <= FRESH.toNanos();
  }

  private boolean lockSoon() {
    try {
      return reading.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Call it with the lock held. */
  private void read() {
    long began = nanoTime.getAsLong();
    try {
      List<Read> rows =
          transactions.snapshot(tx -> Statements.of(tx).query(READ, Revocations::read, horizon));
      for (Read row : rows) {
        if (row.subject() != null && row.revoked() != null) {
          revoked.merge(row.subject(), row.revoked(), Revoked::or);
        }
      }
      String next = rows.getFirst().horizon();
      // A lower one means another server, such as one restored from a backup: all is read again.
      horizon = new BigInteger(next).compareTo(new BigInteger(horizon)) < 0 ? "0" : next;
      readAt = began;
      wasRead = true;
      failedAt = null;
    } catch (RuntimeException e) {
      failedAt = nanoTime.getAsLong();
      throw e;
    }
  }

  private static Read read(ResultSet row) throws SQLException {
    UUID subject = row.getObject("subject", UUID.class);
    return new Read(
        row.getString("horizon"),
        subject,
        subject == null
            ? null
            : new Revoked(row.getInt("valid_from_version"), Rows.instant(row, "expires_at")));
  }
}
