package dev.reserva.customers.application;

import dev.reserva.customers.domain.User;
import dev.reserva.customers.domain.Username;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives a login of staff another password, removes its second factor and makes it active: the way
 * back in for those who have the server's data. It ends the login's sessions.
 */
public final class ResetStaffPassword {

  private final Users users;
  private final SecondFactors factors;
  private final EndSessions endingSessions;

  public ResetStaffPassword(Users users, SecondFactors factors, EndSessions endingSessions) {
    this.users = users;
    this.factors = factors;
    this.endingSessions = endingSessions;
  }

  /**
   * @param hash of the new password
   * @return the login as it is now; empty if there is none of this name
   */
  public Optional<User> reset(Username name, String hash, Cause cause, Instant now, UnitOfWork tx) {
    return users
        .lock(name.value(), tx)
        .map(user -> {
          User reset = user.with(user.roles(), true).withPasswordHash(hash);
          users.updateStaff(reset, tx);
          boolean _ = factors.remove(reset.id(), tx); // the authenticator may be lost as well
          var _ = endingSessions.of(reset.id(), cause, now, tx);
          return reset;
        });
  }
}
