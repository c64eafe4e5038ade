package dev.reserva.customers.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends all that an account's holder got by logging in: refresh tokens are deleted, and access
 * tokens are refused on every process within two seconds of the commit. The account itself stays as
 * it is.
 *
 * <p>Call it in the transaction that changes a password, roles or the state of a login.
 */
public final class EndSessions {

  private static final Logger LOG = LoggerFactory.getLogger(EndSessions.class);

  private final Users users;
  private final Sessions sessions;
  private final AccessTokens accessTokens;

  public EndSessions(Users users, Sessions sessions, AccessTokens accessTokens) {
    this.users = users;
    this.sessions = sessions;
    this.accessTokens = accessTokens;
  }

  /**
   * @return the version of the tokens that are accepted from now on; empty if there is no such
   *     account
   */
  public OptionalInt of(UUID account, Cause cause, Instant now, UnitOfWork tx) {
    // The account is locked first: a session that starts at the same time is deleted here, or it
    // finds the new version.
    OptionalInt version = users.raiseVersion(account, tx);
    if (version.isEmpty()) {
      return version;
    }
    int ended = sessions.deleteOf(account, tx);
    accessTokens.refuseBelow(account, version.getAsInt(), now, tx);
    tx.afterCommit(() ->
        LOG.info(
            "sessions ended: account={} sessions={} correlation={}",
            account,
            ended,
            cause.correlationId()));
    return version;
  }
}
