package dev.reserva.customers.application;

import dev.reserva.customers.domain.User;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes the roles and the state of a login of staff. A change ends the login's sessions, and the
 * API keys that it made and could not make any more.
 *
 * <p>The last active administrator stays. Changes that take an administrator away run one after the
 * other, so of two administrators who dismiss each other at once one stays. Whether the caller is
 * an administrator still is decided there too, since a token may outlive that for a moment.
 */
public final class ChangeStaff {

  private final Users users;
  private final EndSessions endingSessions;
  private final RevokeApiKeys revokingKeys;

  public ChangeStaff(Users users, EndSessions endingSessions, RevokeApiKeys revokingKeys) {
    this.users = users;
    this.endingSessions = endingSessions;
    this.revokingKeys = revokingKeys;
  }

  public sealed interface Outcome {
    /** The login is as requested, now or before. */
    record Done(User before, User user) implements Outcome {}

    record Unknown() implements Outcome {}

    /** Nobody else is an active administrator. Nothing changed. */
    record LastAdministrator() implements Outcome {}

    /** The caller has stopped being an active administrator. Nothing changed. */
    record Dismissed() implements Outcome {}
  }

  /**
   * @param by the caller's account; absent for one without an account
   */
  public Outcome change(
      @Nullable UUID by,
      String login,
      Set<UserRole> roles,
      boolean active,
      Cause cause,
      Instant now,
      UnitOfWork tx) {
    users.lockAdministrators(tx);
    if (!users.mayAdminister(by, tx)) {
      return new Outcome.Dismissed();
    }
    return staff(login, tx)
        .map(before -> changed(before, before.with(roles, active), cause, now, tx))
        .orElseGet(Outcome.Unknown::new);
  }

  /**
   * Ends a login. One that is not active counts as unknown.
   *
   * @param by the caller's account; absent for one without an account
   */
  public Outcome dismiss(@Nullable UUID by, String login, Cause cause, Instant now, UnitOfWork tx) {
    users.lockAdministrators(tx);
    if (!users.mayAdminister(by, tx)) {
      return new Outcome.Dismissed();
    }
    return staff(login, tx)
        .filter(User::active)
        .map(before -> changed(before, before.with(before.roles(), false), cause, now, tx))
        .orElseGet(Outcome.Unknown::new);
  }

  private Optional<User> staff(String login, UnitOfWork tx) {
    return users.lock(login, tx).filter(user -> user.customerId() == null);
  }

  private Outcome changed(User before, User after, Cause cause, Instant now, UnitOfWork tx) {
    if (after.equals(before)) {
      return new Outcome.Done(before, before);
    }
    if (before.isActiveAdmin()
        && !after.isActiveAdmin()
        && !users.hasOtherAdministrator(before.login(), tx)) {
      return new Outcome.LastAdministrator();
    }
    users.updateStaff(after, tx);
    var _ = endingSessions.of(after.id(), cause, now, tx);
    revokingKeys.ofMaker(after.id(), after.active() ? after.roles() : Set.of(), now, tx);
    return new Outcome.Done(before, after);
  }
}
