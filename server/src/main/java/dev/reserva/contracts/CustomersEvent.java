package dev.reserva.contracts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts of the customers service; keyed by customer. */
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
}
