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

  /** A login by the id of its account. */
  Optional<User> find(UUID account, UnitOfWork tx);

  /** As {@link #find}, locked until the transaction ends. */
  Optional<User> lock(String login, UnitOfWork tx);

  /** A login by the id of its account, locked until the transaction ends. */
  Optional<User> lock(UUID account, UnitOfWork tx);

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

  /** Gives a login another password. */
  void setPassword(UUID account, String hash, UnitOfWork tx);

  /** Replaces a login's hash of the same password; does nothing if the password has changed. */
  void replaceHash(String login, String before, String after, UnitOfWork tx);

  /** Replaces the password, the roles and the state of a login of staff. */
  void updateStaff(User user, UnitOfWork tx);

  /**
   * Waits until no other transaction takes an administrator away, and lets later ones wait until
   * this transaction ends. Call it before any user is locked.
   */
  void lockAdministrators(UnitOfWork tx);

  /**
   * Whether the holder of a valid token for administrators still is one. Call it after {@link
   * #lockAdministrators}.
   *
   * @param account absent for one without an account: an API key, or a user of another issuer
   */
  default boolean mayAdminister(@Nullable UUID account, UnitOfWork tx) {
    return account == null || hold(account, tx).filter(User::isActiveAdmin).isPresent();
  }

  /** Whether there is an active administrator beside this login. */
  boolean hasOtherAdministrator(String login, UnitOfWork tx);

  /**
   * Raises an account's version by one and locks the account until the transaction ends.
   *
   * @return the new version; empty if there is no such account
   */
  OptionalInt raiseVersion(UUID account, UnitOfWork tx);
}
