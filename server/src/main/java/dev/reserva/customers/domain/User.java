package dev.reserva.customers.domain;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A login of staff or of a customer.
 *
 * @param login a {@link Username} or an {@link Email#key() e-mail address}
 * @param passwordHash of the form that {@code Passwords} returns
 * @param customerId the customer whose login it is; absent for staff
 */
public record User(
    String login,
    String passwordHash,
    Set<UserRole> roles,
    @Nullable UUID customerId,
    boolean active,
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
      Username name, String passwordHash, Set<UserRole> roles, Instant createdAt) {
    return new User(name.value(), passwordHash, roles, null, true, createdAt);
  }

  public static User ofCustomer(Customer customer, String passwordHash, Instant createdAt) {
    return new User(
        customer.email().key(),
        passwordHash,
        Set.of(UserRole.CUSTOMER),
        customer.id(),
        customer.active(),
        createdAt);
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
