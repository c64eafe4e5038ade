package dev.reserva.customers.application;

import dev.reserva.contracts.CustomersEvent.CustomerReactivated;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Customer.Change;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Lets a deactivated customer order and log in again, with the password that it had. */
public final class ReactivateCustomer {

  private final Customers customers;
  private final Users users;
  private final Erasures erasures;

  public ReactivateCustomer(Customers customers, Users users, Erasures erasures) {
    this.customers = customers;
    this.users = users;
    this.erasures = erasures;
  }

  public sealed interface Outcome {
    /** The customer is active, now or before. */
    record Done(Customer customer) implements Outcome {}

    record Unknown() implements Outcome {}

    /** The customer's data is erased, or to be erased. Nothing changed. */
    record Erased() implements Outcome {}
  }

  public Outcome reactivate(UUID id, Cause cause, Instant now, UnitOfWork tx) {
    Optional<Customer> found = customers.lock(id, tx);
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    if (erasures.find(id, tx).isPresent()) {
      return new Outcome.Erased();
    }
    return switch (found.get().reactivated(now)) {
      case Change.Changed(Customer active) -> {
        if (!customers.update(active, tx)) {
          throw new IllegalStateException("its own e-mail address is taken: " + id);
        }
        users
            .ofCustomer(id, tx)
            .ifPresent(
                login -> users.updateOfCustomer(login.with(active, login.passwordHash()), tx));
        tx.publish(new CustomerReactivated(id), cause);
        yield new Outcome.Done(active);
      }
      case Change.Unchanged _, Change.Refused _ -> new Outcome.Done(found.get());
    };
  }
}
