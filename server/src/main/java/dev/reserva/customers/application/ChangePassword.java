package dev.reserva.customers.application;

import dev.reserva.customers.domain.Link.Purpose;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a login the password that its holder has chosen, and ends its sessions: whoever has come in
 * with the old one is out.
 */
public final class ChangePassword {

  private final Users users;
  private final Links links;
  private final EndSessions endingSessions;

  public ChangePassword(Users users, Links links, EndSessions endingSessions) {
    this.users = users;
    this.links = links;
    this.endingSessions = endingSessions;
  }

  public sealed interface Outcome {
    record Changed() implements Outcome {}

    /** The login has ended, or has another password since it was proven. Nothing changed. */
    record WrongPassword() implements Outcome {}
  }

  /**
   * @param proven the login as it was when the current password was checked
   * @param hash of the new password
   */
  public Outcome change(User proven, String hash, Cause cause, Instant now, UnitOfWork tx) {
    Optional<User> current =
        users
            .lock(proven.id(), tx)
            .filter(user -> user.active() && user.passwordHash().equals(proven.passwordHash()));
    if (current.isEmpty()) {
      return new Outcome.WrongPassword();
    }
    User user = current.get();
    users.setPassword(user.id(), hash, tx);
    links.remove(
        user.customerId() == null ? user.id() : user.customerId(),
        Set.of(Purpose.RESET_PASSWORD),
        tx);
    var _ = endingSessions.of(user.id(), cause, now, tx);
    return new Outcome.Changed();
  }
}
