package dev.reserva.customers.application;

import dev.reserva.customers.application.PersonalKeys.PersonalKey;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Customer.Change;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes a customer's details. With a new e-mail address its login gets a new name. A new password
 * ends the sessions of the login.
 */
public final class ChangeCustomer {

  private final Customers customers;
  private final Users users;
  private final EndSessions endingSessions;
  private final PersonalKeys keys;
  private final Ids ids;

  public ChangeCustomer(
      Customers customers, Users users, EndSessions endingSessions, PersonalKeys keys, Ids ids) {
    this.customers = customers;
    this.users = users;
    this.endingSessions = endingSessions;
    this.keys = keys;
    this.ids = ids;
  }

  public sealed interface Outcome {
    /** The details are as requested, now or before. */
    record Done(Customer customer) implements Outcome {}

    record Unknown() implements Outcome {}

    /** The customer is deactivated. Nothing changed. */
    record Refused() implements Outcome {}

    /** Another customer has this e-mail address. Nothing changed. */
    record EmailTaken() implements Outcome {}
  }

  /**
   * @param passwordHash of a new password; absent to keep the present one
   */
  public Outcome change(
      UUID id,
      Customer.Details details,
      @Nullable String passwordHash,
      Cause cause,
      Instant now,
      UnitOfWork tx) {
    Optional<Customer> found = customers.lock(id, tx);
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    Customer before = found.get();
    return switch (before.with(details, now)) {
      case Change.Refused _ -> new Outcome.Refused();
      case Change.Unchanged _ -> {
        updateLogin(before, passwordHash, cause, now, tx);
        yield new Outcome.Done(before);
      }
      case Change.Changed(Customer changed) -> {
        if (!customers.update(changed, tx)) {
          yield new Outcome.EmailTaken();
        }
        updateLogin(changed, passwordHash, cause, now, tx);
        announce(changed, cause, tx);
        yield new Outcome.Done(changed);
      }
    };
  }

  private void announce(Customer changed, Cause cause, UnitOfWork tx) {
    PersonalKey key = keys.obtain(List.of(changed.id()), tx).get(changed.id());
    if (key == null) {
      throw new IllegalStateException("an active customer is erased: " + changed.id());
    }
    tx.publish(SealedFacts.updated(changed, key), cause);
  }

  private void updateLogin(
      Customer customer, @Nullable String passwordHash, Cause cause, Instant now, UnitOfWork tx) {
    Optional<User> found = users.ofCustomer(customer.id(), tx);
    if (found.isPresent()) {
      User login = found.get();
      String hash = passwordHash == null ? login.passwordHash() : passwordHash;
      users.updateOfCustomer(login.with(customer, hash), tx);
      if (passwordHash != null) {
        var _ = endingSessions.of(login.id(), cause, now, tx);
      }
    } else if (passwordHash != null
        && !users.add(User.ofCustomer(ids.next(), customer, passwordHash, now), tx)) {
      throw new IllegalStateException("a login without its customer: " + customer.id());
    }
  }
}
