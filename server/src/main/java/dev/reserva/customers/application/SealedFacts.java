package dev.reserva.customers.application;

import dev.reserva.contracts.CustomersEvent.CustomerRegistered;
import dev.reserva.contracts.CustomersEvent.CustomerUpdated;
import dev.reserva.customers.application.PersonalKeys.PersonalKey;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Language;
import dev.reserva.customers.domain.Phone;
import org.jspecify.annotations.Nullable;

/** The facts about a customer, with what is personal sealed. */
final class SealedFacts {

  private SealedFacts() {}

  static CustomerRegistered registered(Customer customer, PersonalKey key) {
    return new CustomerRegistered(
        customer.id(),
        name(customer, key),
        email(customer, key),
        phone(customer, key),
        Language.wireOrNull(customer.language()));
  }

  static CustomerUpdated updated(Customer customer, PersonalKey key) {
    return new CustomerUpdated(
        customer.id(),
        name(customer, key),
        email(customer, key),
        phone(customer, key),
        Language.wireOrNull(customer.language()));
  }

  private static String name(Customer customer, PersonalKey key) {
    return key.seal("name", customer.name().value());
  }

  private static String email(Customer customer, PersonalKey key) {
    return key.seal("email", customer.email().value());
  }

  private static @Nullable String phone(Customer customer, PersonalKey key) {
    Phone phone = customer.phone();
    return phone == null ? null : key.seal("phone", phone.value());
  }
}
