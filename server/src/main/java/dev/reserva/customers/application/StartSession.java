package dev.reserva.customers.application;

import dev.reserva.customers.domain.RefreshToken;
import dev.reserva.customers.domain.Session;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Starts a session for a user whose password was right. */
public final class StartSession {

  /** The oldest session of an account ends when it logs in more often than this. */
  static final int MOST = 50;

  private final Users users;
  private final Sessions sessions;
  private final Ids ids;
  private final RandomGenerator random;
  private final Duration lifetime;

  /**
   * @param random suited for secrets
   * @param lifetime of a session, however often it is refreshed
   */
  public StartSession(
      Users users, Sessions sessions, Ids ids, RandomGenerator random, Duration lifetime) {
    this.users = users;
    this.sessions = sessions;
    this.ids = ids;
    this.random = random;
    this.lifetime = lifetime;
  }

  /**
   * @param user as the account is now
   * @param token to continue the session with
   */
  public record Started(User user, RefreshToken token) {}

  /**
   * @param user as it was when the password was checked
   * @return empty if the account has ended its sessions or was deactivated since
   */
  public Optional<Started> start(User user, Instant now, UnitOfWork tx) {
    return users
        .hold(user.id(), tx)
        .filter(current -> current.active() && current.version() == user.version())
        .map(current -> {
          RefreshToken first = RefreshToken.random(ids.next(), random);
          sessions.add(Session.start(first, current.id(), now, lifetime), MOST, tx);
          return new Started(current, first);
        });
  }
}
