package dev.reserva.customers.application;

import dev.reserva.customers.domain.User;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.customers.domain.Username;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Creates a login for a member of staff. The name of an ended login can be given out again: the
 * login then has the new password and roles, and no token of earlier days is accepted.
 */
public final class HireStaff {

  private final Users users;
  private final SecondFactors factors;
  private final EndSessions endingSessions;
  private final Ids ids;

  public HireStaff(Users users, SecondFactors factors, EndSessions endingSessions, Ids ids) {
    this.users = users;
    this.factors = factors;
    this.endingSessions = endingSessions;
    this.ids = ids;
  }

  public sealed interface Outcome {
    record Hired(User user) implements Outcome {}

    /** An active user has this name. Nothing changed. */
    record NameTaken() implements Outcome {}

    /** The caller has stopped being an active administrator. Nothing changed. */
    record Dismissed() implements Outcome {}
  }

  /**
   * @param by the caller's account; absent for one without an account
   */
  public Outcome hire(
      @Nullable UUID by,
      Username name,
      String passwordHash,
      Set<UserRole> roles,
      Cause cause,
      Instant now,
      UnitOfWork tx) {
    users.lockAdministrators(tx);
    if (!users.mayAdminister(by, tx)) {
      return new Outcome.Dismissed();
    }
    User user = User.staff(ids.next(), name, passwordHash, roles, now);
    if (users.add(user, tx)) {
      return new Outcome.Hired(user);
    }
    return users
        .lock(user.login(), tx)
        .filter(known -> !known.active())
        .<Outcome>map(ended -> new Outcome.Hired(hiredAgain(ended, user, cause, now, tx)))
        .orElseGet(Outcome.NameTaken::new);
  }

  private User hiredAgain(User ended, User wanted, Cause cause, Instant now, UnitOfWork tx) {
    User again = ended.with(wanted.roles(), true).withPasswordHash(wanted.passwordHash());
    users.updateStaff(again, tx);
    boolean _ = factors.remove(again.id(), tx); // the authenticator is of whoever had the name
    var _ = endingSessions.of(again.id(), cause, now, tx);
    return again;
  }
}
