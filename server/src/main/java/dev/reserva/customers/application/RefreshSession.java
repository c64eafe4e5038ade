package dev.reserva.customers.application;

import dev.reserva.customers.domain.RefreshToken;
import dev.reserva.customers.domain.Session;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Continues a session. A refresh token that is used a second time ends its session, because one of
 * its two users has stolen it.
 */
public final class RefreshSession {

  private static final Logger LOG = LoggerFactory.getLogger(RefreshSession.class);

  private final Users users;
  private final Sessions sessions;
  private final EndSession endingSession;
  private final RandomGenerator random;

  /**
   * @param random suited for secrets
   */
  public RefreshSession(
      Users users, Sessions sessions, EndSession endingSession, RandomGenerator random) {
    this.users = users;
    this.sessions = sessions;
    this.endingSession = endingSession;
    this.random = random;
  }

  public sealed interface Outcome {
    /**
     * @param user with the roles of now
     * @param next replaces the token that was shown
     */
    record Continued(User user, RefreshToken next) implements Outcome {}

    /** The token is unknown or has expired, or its user was deactivated. */
    record Refused() implements Outcome {}

    /** The token was used before. Its session has ended. */
    record Reused(Session session) implements Outcome {}
  }

  public Outcome refresh(RefreshToken shown, Instant now, UnitOfWork tx) {
    Optional<Session> found = sessions.find(shown.session(), tx);
    if (found.isEmpty()) {
      return new Outcome.Refused();
    }
    // The account is locked before the session, as where all sessions of an account end.
    Optional<User> user = users.hold(found.get().account(), tx).filter(User::active);
    Optional<Session> session = sessions.lock(shown.session(), tx);
    if (user.isEmpty() || session.isEmpty()) {
      return new Outcome.Refused();
    }
    RefreshToken next = RefreshToken.random(shown.session(), random);
    return switch (session.get().use(shown, next, now)) {
      case Session.Use.Continued(Session continued) -> {
        sessions.update(continued, tx);
        yield new Outcome.Continued(user.get(), next);
      }
      case Session.Use.Expired _ -> new Outcome.Refused();
      case Session.Use.Reused _ -> {
        endStolen(session.get(), now, tx);
        yield new Outcome.Reused(session.get());
      }
    };
  }

  private void endStolen(Session session, Instant now, UnitOfWork tx) {
    endingSession.end(session.id(), now, tx);
    tx.afterCommit(() ->
        LOG.warn(
            "refresh token used twice, its session has ended: account={} session={}",
            session.account(),
            session.id()));
  }
}
