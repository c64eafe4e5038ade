package dev.reserva.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Caches valid tokens: a shop's back end sends the same token thousands of times, and parsing and
 * verifying it costs more than most requests.
 *
 * <ul>
 *   <li>At most {@link #MOST} tokens are cached. Those that are used often are evicted last.
 *   <li>A token is cached for at most {@link #LONGEST}, so that a key that an issuer withdraws is
 *       refused soon, and never beyond its expiry.
 *   <li>Invalid tokens are not cached.
 * </ul>
 */
final class RememberedTokens implements JwtDecoder {

  static final int MOST = 4_096; // some 3 KB each
  static final Duration LONGEST = Duration.ofMinutes(1);

  private final JwtDecoder decoder;
  private final Clock clock;
  private final Cache<String, KnownToken> known;

  RememberedTokens(JwtDecoder decoder, Clock clock) {
    this.decoder = decoder;
    this.clock = clock;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfter(Expiry.creating((String token, KnownToken decoded) -> lifetime(decoded)))
            // The clock by which tokens expire: it also advances while the machine is suspended.
            .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
            // Evicts in the thread that adds a token, so that the limit holds after each call.
            .executor(Runnable::run)
            .build();
  }

  @Override
  public KnownToken decode(String token) {
    KnownToken found = known.getIfPresent(token);
    if (found != null) {
      return found;
    }
    // Not within the cache's computation: decoding may fetch an issuer's keys, and other tokens
    // must not wait for that.
    KnownToken decoded = KnownToken.of(decoder.decode(token));
    known.put(token, decoded);
    return decoded;
  }

  private Duration lifetime(KnownToken decoded) {
    Instant expiry = decoded.getExpiresAt();
    if (expiry == null) {
      return LONGEST;
    }
    Duration left = Duration.between(clock.instant(), expiry);
    return left.compareTo(LONGEST) < 0 ? left : LONGEST;
  }
}
