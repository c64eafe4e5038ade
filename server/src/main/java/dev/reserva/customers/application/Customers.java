package dev.reserva.customers.application;

import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Email;
import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All customers. */
public interface Customers {

  Optional<Customer> find(UUID id, UnitOfWork tx);

  /** As {@link #find}, locked until the transaction ends. */
  Optional<Customer> lock(UUID id, UnitOfWork tx);

  /** Those that have one of these e-mail addresses, in any case. */
  List<Customer> withEmails(Collection<Email> emails, UnitOfWork tx);

  /**
   * Newest first.
   *
   * @param before only customers with a lower id
   */
  List<Customer> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx);

  /**
   * Conditions that a customer must meet. An absent condition is met by all.
   *
   * @param id the only customer that may be found
   * @param email the whole address, in any case
   * @param name a part of the name, in any case
   */
  record Filter(@Nullable UUID id, @Nullable Email email, @Nullable String name) {}

  /**
   * @return the ids of those that were added; the others' e-mail addresses are taken
   */
  Set<UUID> add(List<Customer> customers, UnitOfWork tx);

  /**
   * @return whether it was updated; false if another customer has its new e-mail address
   */
  boolean update(Customer customer, UnitOfWork tx);
}
