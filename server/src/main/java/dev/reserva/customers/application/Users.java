package dev.reserva.customers.application;

import dev.reserva.customers.domain.User;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All who can log in. */
public interface Users {

  Optional<User> find(String login, UnitOfWork tx);

  Optional<User> ofCustomer(UUID customerId, UnitOfWork tx);

  /**
   * Staff only, by name.
   *
   * @param after continue after this name
   */
  List<User> staff(@Nullable String after, int limit, UnitOfWork tx);

  /**
   * @return whether it is in; not when the login is there already
   */
  boolean add(User user, UnitOfWork tx);

  /** Gives a customer's login another name, password or state. */
  void updateOfCustomer(User user, UnitOfWork tx);

  /**
   * Ends a staff login.
   *
   * @return whether there was an active one
   */
  boolean deactivateStaff(String login, UnitOfWork tx);
}
