package dev.reserva.customers.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.customers.application.Customers;
import dev.reserva.customers.application.Users;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.privacy.PersonalRecords;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The customer itself and its login. */
public final class CustomerRecords implements PersonalRecords {

  private final Customers customers;
  private final Users users;

  public CustomerRecords(Customers customers, Users users) {
    this.customers = customers;
    this.users = users;
  }

  /**
   * @param login the name to log in with, if there is a login
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CustomerRecord(CustomerView customer, @Nullable String login) {}

  @Override
  public String name() {
    return "customer";
  }

  @Override
  public Part of(UUID customer, @Nullable UUID before, int limit, UnitOfWork snapshot) {
    if (before != null) {
      return new Part(List.of(), null); // there is one record only
    }
    String login = users.ofCustomer(customer, snapshot).map(User::login).orElse(null);
    return new Part(
        customers.find(customer, snapshot).stream()
            .map(CustomerView::of)
            .map(view -> new CustomerRecord(view, login))
            .toList(),
        null);
  }
}
