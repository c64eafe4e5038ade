package dev.reserva.customers.application;

import dev.reserva.contracts.CustomersEvent.CustomerDeactivated;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Customer.Change;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Deactivates a customer and its login, and ends the login's sessions. The record stays. */
public final class DeactivateCustomer {

  private final Customers customers;
  private final Users users;
  private final EndSessions endingSessions;

  public DeactivateCustomer(Customers customers, Users users, EndSessions endingSessions) {
    this.customers = customers;
    this.users = users;
    this.endingSessions = endingSessions;
  }

  public sealed interface Outcome {
    /** The customer is deactivated, now or before. */
    record Done() implements Outcome {}

    record Unknown() implements Outcome {}
  }

  public Outcome deactivate(UUID id, Cause cause, Instant now, UnitOfWork tx) {
    Optional<Customer> found = customers.lock(id, tx);
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    return switch (found.get().deactivated(now)) {
      case Change.Changed(Customer ended) -> {
        if (!customers.update(ended, tx)) {
          throw new IllegalStateException("its own e-mail address is taken: " + id);
        }
        users
            .ofCustomer(id, tx)
            .ifPresent(login -> {
              users.updateOfCustomer(login.with(ended, login.passwordHash()), tx);
              var _ = endingSessions.of(login.id(), cause, now, tx);
            });
        tx.publish(new CustomerDeactivated(id), cause);
        yield new Outcome.Done();
      }
      case Change.Unchanged _, Change.Refused _ -> new Outcome.Done();
    };
  }
}
