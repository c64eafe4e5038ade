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

  /**
   * {@code customers.customer.registered}
   *
   * @param language in which the customer wants to be written to: {@code en}, {@code pt} or {@code
   *     es}; absent for the shop's own, and in events of versions that did not know it
   */
  record CustomerRegistered(
      UUID customerId, String name, String email, @Nullable String phone, @Nullable String language)
      implements CustomersEvent {}

  /**
   * {@code customers.customer.updated}
   *
   * @param language as in {@link CustomerRegistered}
   */
  record CustomerUpdated(
      UUID customerId, String name, String email, @Nullable String phone, @Nullable String language)
      implements CustomersEvent {}

  /** {@code customers.customer.verified}: the customer's e-mail address is verified. */
  record CustomerVerified(UUID customerId) implements CustomersEvent {}

  /** {@code customers.customer.deactivated}: may not order any more. */
  record CustomerDeactivated(UUID customerId) implements CustomersEvent {}

  /** {@code customers.customer.reactivated}: may order again. */
  record CustomerReactivated(UUID customerId) implements CustomersEvent {}

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

  /**
   * What somebody has to be told by mail about a login. It carries the id of a link and never its
   * secret; {@code GET /api/auth/links} has the links.
   */
  sealed interface Mail {
    UUID linkId();
  }

  /** {@code customers.account.verification_requested}: an e-mail address waits to be verified. */
  record VerificationRequested(UUID linkId, UUID customerId) implements Mail {}

  /**
   * {@code customers.account.password_reset_requested}: somebody wants to choose a new password, or
   * a first one.
   *
   * @param customerId absent for staff
   * @param username of staff; absent for a customer
   */
  record PasswordResetRequested(UUID linkId, @Nullable UUID customerId, @Nullable String username)
      implements Mail {

    /** The customer; for staff, who are none, the link. */
    public UUID about() {
      return customerId == null ? linkId : customerId;
    }
  }

  /**
   * {@code customers.account.sign_up_repeated}: somebody signed up with the address of a customer.
   * The link lets its owner choose a new password.
   */
  record SignUpRepeated(UUID linkId, UUID customerId) implements Mail {}
}
