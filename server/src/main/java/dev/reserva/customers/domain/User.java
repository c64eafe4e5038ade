package dev.reserva.customers.domain;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A login of staff or of a customer.
 *
 * @param id stays when the login name changes
 * @param login a {@link Username} or an {@link Email#key() e-mail address}
 * @param passwordHash of the form that {@code Passwords} returns
 * @param customerId the customer whose login it is; absent for staff
 * @param version of the tokens that are accepted: one more each time its sessions end
 */
public record User(
    UUID id,
    String login,
    String passwordHash,
    Set<UserRole> roles,
    @Nullable UUID customerId,
    boolean active,
    int version,
    Instant createdAt) {

  public User {
    roles = Set.copyOf(roles);
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a user needs a role");
    }
    if (roles.contains(UserRole.CUSTOMER) != (customerId != null)) {
      throw new IllegalArgumentException("the role customer goes with a customer, and only so");
    }
  }

  public static User staff(
      UUID id, Username name, String passwordHash, Set<UserRole> roles, Instant createdAt) {
    return new User(id, name.value(), passwordHash, roles, null, true, 1, createdAt);
  }

  public static User ofCustomer(
      UUID id, Customer customer, String passwordHash, Instant createdAt) {
    return new User(
        id,
        customer.email().key(),
        passwordHash,
        Set.of(UserRole.CUSTOMER),
        customer.id(),
        customer.active(),
        1,
        createdAt);
  }

  /** The same login after a change of its customer or of its password. */
  public User with(Customer customer, String newPasswordHash) {
    return new User(
        id,
        customer.email().key(),
        newPasswordHash,
        roles,
        customer.id(),
        customer.active(),
        version,
        createdAt);
  }

  /** The same login of staff with other roles and another state. */
  public User with(Set<UserRole> newRoles, boolean nowActive) {
    return new User(id, login, passwordHash, newRoles, customerId, nowActive, version, createdAt);
  }

  /** The same login with another password. */
  public User withPasswordHash(String newHash) {
    return new User(id, login, newHash, roles, customerId, active, version, createdAt);
  }

  public boolean isActiveAdmin() {
    return active && roles.contains(UserRole.ADMIN);
  }

  /** The name in records and tokens. It contains no personal data. */
  public String publicName() {
    return customerId == null ? login : customerId.toString();
  }

  @Override
  public String toString() {
    return "User[%s]".formatted(publicName());
  }
}
