package dev.reserva.customers.application;

import dev.reserva.customers.domain.Erasure;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The erasures of customers' personal data. */
public interface Erasures {

  /** The erasure of this customer's data, if it was requested. */
  Optional<Erasure> find(UUID customerId, UnitOfWork tx);

  /** Puts an erasure on record. The customer must be deactivated, and locked. */
  void request(Erasure erasure, UnitOfWork tx);

  /**
   * Overwrites the name, the addresses and the telephone number of a customer, and the name and the
   * password of its login, and deletes its links, if that was requested and is not done yet.
   *
   * @return whether it was done now
   */
  boolean erase(UUID customerId, Instant now, UnitOfWork tx);
}
