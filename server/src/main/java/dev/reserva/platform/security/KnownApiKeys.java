package dev.reserva.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.sql.SqlFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Accepts API keys where tokens are accepted, and leaves all else to the decoder of tokens.
 *
 * <ul>
 *   <li>A key that was found is cached for {@link #LONGEST}: a program sends its key thousands of
 *       times. Then its row is read anew, and its use is noted in it.
 *   <li>Each request asks {@link Revocations}, so that a revoked key is refused within two seconds,
 *       and the clock, so that an expired one is refused at once.
 *   <li>{@link #MOST_LOOKUPS} look-ups run at a time: whoever tries keys does not take all
 *       connections.
 * </ul>
 */
final class KnownApiKeys implements JwtDecoder {

  static final String SCHEME = "rsv_";
  static final int MOST = 1_024;
  static final Duration LONGEST = ApiKeyTable.USE_NOTED;

  private static final int MOST_LOOKUPS = 4;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** Longer texts are no keys. */
  private static final int MAX_LENGTH = 128;

  private final JwtDecoder tokens;
  private final UsableApiKeys keys;
  private final Revocations revocations;
  private final Clock clock;
  private final Semaphore lookups = new Semaphore(MOST_LOOKUPS, true);
  private final Cache<String, Known> known;

  private record Known(UUID id, KnownToken token) {}

  /**
   * @param tokens for all that does not begin with {@value #SCHEME}
   */
  KnownApiKeys(JwtDecoder tokens, UsableApiKeys keys, Revocations revocations, Clock clock) {
    this.tokens = tokens;
    this.keys = keys;
    this.revocations = revocations;
    this.clock = clock;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(LONGEST)
            .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Jwt decode(String token) {
    return token.startsWith(SCHEME) ? key(token) : tokens.decode(token);
  }

  private KnownToken key(String key) {
    if (key.length() > MAX_LENGTH) {
      throw refused();
    }
    Known found = known.getIfPresent(key);
    if (found == null) {
      found = lookUp(key).orElseThrow(KnownApiKeys::refused);
      known.put(key, found);
    }
    Instant expiry = found.token().getExpiresAt();
    if ((expiry != null && !clock.instant().isBefore(expiry)) || isRevoked(found.id())) {
      throw refused();
    }
    return found.token();
  }

  private boolean isRevoked(UUID id) {
    try {
      return revocations.isRevoked(id);
    } catch (Revocations.Unknown e) {
      throw new UnrevokedTokens.Uncheckable(e);
    }
  }

  private Optional<Known> lookUp(String key) {
    if (!acquired()) {
      throw new UnrevokedTokens.Uncheckable(new Revocations.Unknown(null));
    }
    try {
      return keys.use(ApiKeyTable.digest(key), clock.instant())
          .map(found ->
              new Known(
                  found.id(),
                  KnownToken.of(
                      key,
                      Caller.apiKey(found.prefix(), found.roles()),
                      found.createdAt(),
                      found.expiresAt())));
    } catch (DependencyUnavailable | SqlFailure e) {
      throw new UnrevokedTokens.Uncheckable(new Revocations.Unknown(e));
    } finally {
      lookups.release();
    }
  }

  private boolean acquired() {
    try {
      return lookups.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static BadJwtException refused() {
    return new BadJwtException("the API key is unknown, has expired or was revoked");
  }
}
