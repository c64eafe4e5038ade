package dev.reserva.customers.application;

import dev.reserva.customers.domain.User;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The logins of staff and customers. */
public interface Users {

  Optional<User> find(String login, UnitOfWork tx);

  Optional<User> ofCustomer(UUID customerId, UnitOfWork tx);

  /**
   * An account, held until the transaction ends: its version, roles and state do not change
   * meanwhile. Several transactions may hold it at once.
   */
  Optional<User> hold(UUID account, UnitOfWork tx);

  /**
   * The logins of staff, by name.
   *
   * @param after only names after this one
   */
  List<User> staff(@Nullable String after, int limit, UnitOfWork tx);

  /**
   * @return whether it was added; false if the login exists
   */
  boolean add(User user, UnitOfWork tx);

  /** Replaces the name, password and state of a customer's login. */
  void updateOfCustomer(User user, UnitOfWork tx);

  /**
   * Deactivates a login of staff.
   *
   * @return the id of its account; empty if no active one was found
   */
  Optional<UUID> deactivateStaff(String login, UnitOfWork tx);

  /**
   * Raises an account's version by one and locks the account until the transaction ends.
   *
   * @return the new version; empty if there is no such account
   */
  OptionalInt raiseVersion(UUID account, UnitOfWork tx);
}
