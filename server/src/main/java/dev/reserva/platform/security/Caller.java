package dev.reserva.platform.security;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param name the token's subject, shown in records of what was done; {@code anonymous} without a
 *     token
 * @param roles empty without a token
 * @param customerId the customer of this login; absent for staff
 */
public record Caller(String name, Set<Role> roles, @Nullable UUID customerId) {

  public static final Caller ANONYMOUS = new Caller("anonymous", Set.of(), null);

  public Caller {
    roles = Set.copyOf(roles);
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }

  /** Whether the caller has a role of the shop's staff. */
  public boolean isStaff() {
    return is(Role.ADMIN) || is(Role.OPERATOR) || is(Role.WAREHOUSE);
  }
}
