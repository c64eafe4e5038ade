package dev.reserva.customers.application;

import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Email;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All customers. */
public interface Customers {

  Optional<Customer> find(UUID id, UnitOfWork tx);

  /** As {@link #find}, and nobody else changes it until the transaction ends. */
  Optional<Customer> lock(UUID id, UnitOfWork tx);

  /**
   * Newest first.
   *
   * @param before continue after this one
   */
  List<Customer> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx);

  /**
   * What is absent is not asked for.
   *
   * @param id the only customer that may be found
   * @param email the whole address, in any case
   * @param name a part of the name, in any case
   */
  record Filter(@Nullable UUID id, @Nullable Email email, @Nullable String name) {}

  /**
   * @return the ids of those that are in; the others' e-mail addresses are there already
   */
  Set<UUID> add(List<Customer> customers, UnitOfWork tx);

  /**
   * @return whether it is done; not when its new e-mail address is another's
   */
  boolean update(Customer customer, UnitOfWork tx);
}
