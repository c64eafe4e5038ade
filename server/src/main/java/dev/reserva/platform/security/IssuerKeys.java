package dev.reserva.platform.security;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the public keys of an OpenID issuer and fetches them anew when they are old or a token
 * names one that is not among them.
 *
 * <ul>
 *   <li>One fetch runs at a time, and the next one starts after a pause at the earliest, whatever
 *       callers send. A key that the issuer added meanwhile is unknown for so long.
 *   <li>Keys are fetched anew after {@link #FRESH}, so that a key which the issuer withdraws is
 *       refused by then.
 *   <li>While the issuer does not answer, its last keys are used for {@link #USABLE}.
 * </ul>
 *
 * <p>A token that cannot be judged without the issuer fails with a {@link
 * RemoteKeySourceException}; a token whose key the issuer does not have gets no key.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

  /** For issuers that are not of this system. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  static final Duration FRESH = Duration.ofMinutes(5);
  static final Duration USABLE = Duration.ofHours(1);

  /** A token that needs the issuer's answer waits this long for it. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  /** Asks the issuer for its keys; takes a few seconds at most. */
  @FunctionalInterface
  interface Fetch {
    JWKSet keys() throws IOException;
  }

  /**
   * @param nanos when it began
   */
  private record Fetched(JWKSet keys, long nanos) {
    boolean isWithin(Duration age, long now) {
      return now - nanos < age.toNanos();
    }
  }

  private final String issuer;
  private final Fetch fetch;
  private final Duration pause;
  private final LongSupplier nanoTime;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Fetched fetched;

  /** Why the last fetch failed; absent if it succeeded. Written under the lock. */
  private volatile @Nullable IOException failure;

  /** Guarded by the lock. */
  private @Nullable Long lastFetch;

  /**
   * @param issuer named in logs and errors
   * @param pause between the starts of two fetches
   * @param nanoTime a clock that only moves forward
   */
  IssuerKeys(String issuer, Fetch fetch, Duration pause, LongSupplier nanoTime) {
    this.issuer = issuer;
    this.fetch = fetch;
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  @Override
  public List<JWK> get(JWKSelector selector, SecurityContext context)
      throws RemoteKeySourceException {
    long now = nanoTime.getAsLong();
    Fetched known = fetched;
    List<JWK> matching = matching(selector, known, now);
    if (!matching.isEmpty() && known != null && known.isWithin(FRESH, now)) {
      return matching;
    }
    boolean mayFetch = matching.isEmpty() ? lockSoon() : fetching.tryLock();
    if (mayFetch) {
      try {
        fetchIfDue(now);
      } finally {
        fetching.unlock();
      }
      matching = matching(selector, fetched, now);
    }
    if (matching.isEmpty() && (!mayFetch || failure != null)) {
      throw new RemoteKeySourceException(
          "the keys of the issuer %s cannot be fetched".formatted(issuer), failure);
    }
    return matching;
  }

  /** Waits for a fetch that runs now, because it may bring the key. */
  private boolean lockSoon() {
    try {
      return fetching.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<JWK> matching(JWKSelector selector, @Nullable Fetched known, long now) {
    return known != null && known.isWithin(USABLE, now) ? selector.select(known.keys()) : List.of();
  }

  private void fetchIfDue(long now) {
    if (lastFetch != null && now - lastFetch < pause.toNanos()) {
      return;
    }
    lastFetch = now;
    try {
      fetched = new Fetched(fetch.keys(), now);
      failure = null;
    } catch (IOException e) {
      failure = e;
      LOG.warn(
          "issuer's keys not fetched, next attempt in {} s: issuer={} error={}",
          pause.toSeconds(),
          issuer,
          e.toString());
    }
  }
}
