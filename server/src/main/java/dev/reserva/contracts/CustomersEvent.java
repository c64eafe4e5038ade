package dev.reserva.contracts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Facts of the customers service; keyed by customer.
 *
 * <p>Name, e-mail address and telephone number are sealed with the customer's key: {@code
 * sealed-personal:…}. Events of versions that did not seal have them as they are.
 */
public sealed interface CustomersEvent {

  UUID customerId();

  /** {@code customers.customer.registered} */
  record CustomerRegistered(UUID customerId, String name, String email, @Nullable String phone)
      implements CustomersEvent {}

  /** {@code customers.customer.updated} */
  record CustomerUpdated(UUID customerId, String name, String email, @Nullable String phone)
      implements CustomersEvent {}

  /** {@code customers.customer.verified}: the customer's e-mail address is verified. */
  record CustomerVerified(UUID customerId) implements CustomersEvent {}

  /** {@code customers.customer.deactivated}: may not order any more. */
  record CustomerDeactivated(UUID customerId) implements CustomersEvent {}

  /**
   * {@code customers.customer.erasure_requested}: the customer's personal data shall be erased once
   * no order of the customer is open.
   */
  record CustomerErasureRequested(UUID customerId) implements CustomersEvent {}

  /**
   * {@code customers.customer.erased}: the customer's key is destroyed; every service overwrites
   * what it holds of the customer's personal data.
   */
  record CustomerErased(UUID customerId) implements CustomersEvent {}
}
