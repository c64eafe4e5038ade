package dev.reserva.platform.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Caches valid tokens: a shop's back end sends the same token thousands of times, and parsing and
 * verifying it costs more than most requests.
 *
 * <ul>
 *   <li>At most {@link #MOST} tokens are cached. The least recently used one is evicted first.
 *   <li>A token is cached for at most {@link #LONGEST}, so that a key that an issuer withdraws is
 *       refused soon, and never beyond its expiry.
 *   <li>Invalid tokens are not cached.
 * </ul>
 */
final class RememberedTokens implements JwtDecoder {

  static final int MOST = 1_024;
  static final Duration LONGEST = Duration.ofMinutes(1);

  private record Known(KnownToken token, Instant until) {}

  private final JwtDecoder decoder;
  private final Clock clock;

  /** In the order of use. Guarded by itself. */
  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST;
        }
      };

  RememberedTokens(JwtDecoder decoder, Clock clock) {
    this.decoder = decoder;
    this.clock = clock;
  }

  @Override
  public KnownToken decode(String token) {
    Instant now = clock.instant();
    Known found = find(token, now);
    if (found != null) {
      return found.token();
    }
    KnownToken decoded = KnownToken.of(decoder.decode(token));
    Instant until = now.plus(LONGEST);
    Instant expiry = decoded.getExpiresAt();
    synchronized (known) {
      known.put(
          token, new Known(decoded, expiry != null && expiry.isBefore(until) ? expiry : until));
    }
    return decoded;
  }

  private @Nullable Known find(String token, Instant now) {
    synchronized (known) {
      Known found = known.get(token);
      if (found != null && !now.isBefore(found.until())) {
        known.remove(token);
        return null;
      }
      return found;
    }
  }
}
