package dev.reserva.customers.application;

import dev.reserva.contracts.CustomersEvent.CustomerRegistered;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Phone;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes a customer and, with a password, its login. */
public final class RegisterCustomer {

  private final Customers customers;
  private final Users users;
  private final Ids ids;

  public RegisterCustomer(Customers customers, Users users, Ids ids) {
    this.customers = customers;
    this.users = users;
    this.ids = ids;
  }

  public sealed interface Outcome {
    record Registered(Customer customer) implements Outcome {}

    /** Somebody has this e-mail address already. Nothing changed. */
    record EmailTaken() implements Outcome {}
  }

  /**
   * @param passwordHash of the login's password; absent for a customer that does not log in
   */
  public Outcome register(
      Customer.Details details,
      @Nullable String passwordHash,
      Cause cause,
      Instant now,
      UnitOfWork tx) {
    Customer customer = Customer.register(ids.next(), details, now);
    if (!customers.add(customer, tx)) {
      return new Outcome.EmailTaken();
    }
    if (passwordHash != null && !users.add(User.ofCustomer(customer, passwordHash, now), tx)) {
      throw new IllegalStateException("a login without its customer: " + customer.id());
    }
    Phone phone = customer.phone();
    tx.publish(
        new CustomerRegistered(
            customer.id(),
            customer.name().value(),
            customer.email().value(),
            phone == null ? null : phone.value()),
        cause);
    return new Outcome.Registered(customer);
  }
}
