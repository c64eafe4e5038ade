package dev.reserva.customers.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A log-in that lasts by its refresh token. Each use of the token replaces it.
 *
 * @param secretHash of the token that may be used next
 * @param previousHash of the token before it; absent before the first refresh
 * @param refreshedAt when the token before was used first
 * @param expiresAt however often it is refreshed
 */
public record Session(
    UUID id,
    UUID account,
    String secretHash,
    @Nullable String previousHash,
    Instant refreshedAt,
    Instant createdAt,
    Instant expiresAt) {

  /**
   * How long a used token may be used again, for a client that did not get the answer. The token
   * that the lost answer carried is void then, so whoever uses it ends the session.
   */
  public static final Duration GRACE = Duration.ofSeconds(30);

  public static Session start(RefreshToken first, UUID account, Instant now, Duration lifetime) {
    return new Session(first.session(), account, first.hash(), null, now, now, now.plus(lifetime));
  }

  /** The outcome of the use of a token. */
  public sealed interface Use {
    /** The session continues with the next token. */
    record Continued(Session session) implements Use {}

    /** The token was used before, so it may have been stolen. The session must end. */
    record Reused() implements Use {}

    record Expired() implements Use {}
  }

  /**
   * @param shown a token of this session
   * @param next takes its place
   */
  public Use use(RefreshToken shown, RefreshToken next, Instant now) {
    if (!now.isBefore(expiresAt)) {
      return new Use.Expired();
    }
    String hash = shown.hash();
    if (hash.equals(secretHash)) {
      return new Use.Continued(continued(next, hash, now));
    }
    boolean isRepeated = hash.equals(previousHash) && now.isBefore(refreshedAt.plus(GRACE));
    return isRepeated
        ? new Use.Continued(continued(next, hash, refreshedAt)) // the grace begins once
        : new Use.Reused();
  }

  private Session continued(RefreshToken next, String usedHash, Instant usedAt) {
    return new Session(id, account, next.hash(), usedHash, usedAt, createdAt, expiresAt);
  }
}
