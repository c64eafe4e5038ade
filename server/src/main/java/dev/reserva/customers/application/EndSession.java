package dev.reserva.customers.application;

import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.UUID;

/** Ends one session: its refresh token is deleted, and its access tokens are refused. */
public final class EndSession {

  private final Sessions sessions;
  private final AccessTokens accessTokens;

  public EndSession(Sessions sessions, AccessTokens accessTokens) {
    this.sessions = sessions;
    this.accessTokens = accessTokens;
  }

  /** What came of the wish of an account's holder. */
  public sealed interface Outcome {
    record Ended() implements Outcome {}

    /** The account has no such session, or it has ended. Nothing changed. */
    record Unknown() implements Outcome {}
  }

  /** Ends a session as the holder of its account wishes. */
  public Outcome endOwn(UUID account, UUID session, Instant now, UnitOfWork tx) {
    boolean isOwn =
        sessions
            .find(session, tx)
            .filter(found -> found.account().equals(account) && now.isBefore(found.expiresAt()))
            .isPresent();
    if (!isOwn) {
      return new Outcome.Unknown();
    }
    end(session, now, tx);
    return new Outcome.Ended();
  }

  /** Does the same for a session that has no refresh token any more. */
  public void end(UUID session, Instant now, UnitOfWork tx) {
    boolean _ = sessions.delete(session, tx);
    accessTokens.refuseOf(session, now, tx);
  }
}
