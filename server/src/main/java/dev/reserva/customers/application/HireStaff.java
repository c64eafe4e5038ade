package dev.reserva.customers.application;

import dev.reserva.customers.domain.User;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.customers.domain.Username;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Set;

/** Creates a login for a member of staff. */
public final class HireStaff {

  private final Users users;
  private final Ids ids;

  public HireStaff(Users users, Ids ids) {
    this.users = users;
    this.ids = ids;
  }

  public sealed interface Outcome {
    record Hired(User user) implements Outcome {}

    /** An active or deactivated user has this name. Nothing changed. */
    record NameTaken() implements Outcome {}
  }

  public Outcome hire(
      Username name, String passwordHash, Set<UserRole> roles, Instant now, UnitOfWork tx) {
    User user = User.staff(ids.next(), name, passwordHash, roles, now);
    return users.add(user, tx) ? new Outcome.Hired(user) : new Outcome.NameTaken();
  }
}
