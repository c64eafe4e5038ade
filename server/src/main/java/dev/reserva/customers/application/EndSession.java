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

  /** Does the same for a session that has no refresh token any more. */
  public void end(UUID session, Instant now, UnitOfWork tx) {
    boolean _ = sessions.delete(session, tx);
    accessTokens.refuseOf(session, now, tx);
  }
}
