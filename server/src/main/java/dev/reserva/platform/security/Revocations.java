package dev.reserva.platform.security;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.sql.SqlFailure;
import dev.reserva.platform.security.RevocationSource.Revocation;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
 *   <li>A process reads new revocations every {@link #POLL}. If its last read began longer than
 *       {@link #FRESH} ago, it reads before it answers. So a revoked token is refused everywhere
 *       within {@link #FRESH} of the commit.
 *   <li>If it cannot read, it accepts no token, unless the revocations are read from another
 *       process: then the last read counts for the time of an outage that is configured.
 *   <li>A revocation lives for {@link #KEPT}, longer than any access token.
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

  private static final Duration FORGET_INTERVAL = Duration.ofMinutes(1);

  private final RevocationSource source;
  private final Duration outage;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Map<UUID, Revocation> revoked = new ConcurrentHashMap<>();
  private final ReentrantLock reading = new ReentrantLock();

  /** When the last successful read began. Written under the lock. */
  private volatile long readAt;

  /** Whether there was one. Written under the lock, after {@link #readAt}. */
  private volatile boolean wasRead;

  /** When the last read failed; absent if it succeeded. Written under the lock. */
  private volatile @Nullable Long failedAt;

  /** Rows of older transactions are known. Guarded by the lock. */
  private String horizon = RevocationSource.BEGINNING;

  /**
   * @param outage while the source does not answer: how old the last read may be, apart from {@link
   *     #FRESH}
   * @param nanoTime a clock that only moves forward
   */
  Revocations(RevocationSource source, Duration outage, Clock clock, LongSupplier nanoTime) {
    this.source = source;
    this.outage = outage;
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

  /** Refuses the tokens from now on, without a read. */
  void learn(Revocation added) {
    revoked.merge(added.subject(), added, Revocation::or);
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
    Revocation found = revoked.get(subject);
    return found != null && version < found.validFromVersion();
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

  /** Forgets revocations of which no token is left. */
  Worker forgetting() {
    return new Worker(
        "platform.revocations-forgetting",
        FORGET_INTERVAL,
        () -> {
          Instant now = clock.instant();
          revoked.values().removeIf(one -> one.expiresAt().isBefore(now));
          return false;
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
      requireUsable(null);
      return;
    }
    try {
      if (!isFresh()) { // another request may have read meanwhile
        read();
      }
    } catch (DependencyUnavailable | SqlFailure e) {
      requireUsable(e);
    } finally {
      reading.unlock();
    }
  }

  private void requireUsable(@Nullable Exception failure) {
    if (!isWithin(outage)) {
      throw new Unknown(failure);
    }
  }

  private boolean isFresh() {
    return isWithin(FRESH);
  }

  private boolean isWithin(Duration age) {
    return wasRead && nanoTime.getAsLong() - readAt <= age.toNanos();
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
      RevocationSource.Answer answer = source.since(horizon);
      answer.revocations().forEach(this::learn);
      String next = answer.horizon();
      // A lower one means another server, such as one restored from a backup: all is read again.
      horizon =
          new BigInteger(next).compareTo(new BigInteger(horizon)) < 0
              ? RevocationSource.BEGINNING
              : next;
      readAt = began;
      wasRead = true;
      failedAt = null;
    } catch (RuntimeException e) {
      failedAt = nanoTime.getAsLong();
      throw e;
    }
  }
}
