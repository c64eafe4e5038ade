package dev.reserva.customers.application;

import dev.reserva.contracts.CustomersEvent.CustomerVerified;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Customer.Change;
import dev.reserva.customers.domain.Link;
import dev.reserva.customers.domain.Link.Owner;
import dev.reserva.customers.domain.Link.Purpose;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Gives a login the password that the holder of a link has chosen, and ends its sessions: whoever
 * has come in with another password is out. A customer without a login gets one. The link was sent
 * to the customer's address, which is verified by it.
 */
public final class ConfirmReset {

  private final Links links;
  private final Customers customers;
  private final Users users;
  private final EndSessions endingSessions;
  private final Ids ids;

  public ConfirmReset(
      Links links, Customers customers, Users users, EndSessions endingSessions, Ids ids) {
    this.links = links;
    this.customers = customers;
    this.users = users;
    this.endingSessions = endingSessions;
    this.ids = ids;
  }

  public sealed interface Outcome {
    /**
     * @param who the customer's id, or the name of a member of staff
     */
    record Done(String who) implements Outcome {}

    /** The link was used, has expired, or is of one who is deactivated. Nothing changed. */
    record InvalidLink() implements Outcome {}
  }

  /**
   * The name of the login that gets a password by a link, also if the login is made by it.
   *
   * @return empty if the link is not valid
   */
  public Optional<String> loginOf(UUID linkId, Instant now, UnitOfWork tx) {
    return links
        .find(linkId, now, tx)
        .filter(found -> found.purpose() == Purpose.RESET_PASSWORD)
        .map(Link::owner)
        .flatMap(owner ->
            switch (owner) {
              case Owner.OfCustomer(UUID customer) ->
                  customers.find(customer, tx).map(found -> found.email().key());
              case Owner.OfStaff(UUID account) -> users.find(account, tx).map(User::login);
            });
  }

  /**
   * @param hash of the new password
   */
  public Outcome confirm(UUID linkId, String hash, Cause cause, Instant now, UnitOfWork tx) {
    Optional<Link> link =
        links.find(linkId, now, tx).filter(found -> found.purpose() == Purpose.RESET_PASSWORD);
    if (link.isEmpty()) {
      return new Outcome.InvalidLink();
    }
    Optional<String> who =
        switch (link.get().owner()) {
          case Owner.OfCustomer(UUID customer) ->
              ofCustomer(linkId, customer, hash, cause, now, tx);
          case Owner.OfStaff(UUID account) -> ofStaff(linkId, account, hash, cause, now, tx);
        };
    return who.<Outcome>map(Outcome.Done::new).orElseGet(Outcome.InvalidLink::new);
  }

  // The customer is locked before the link, as everywhere else.
  private Optional<String> ofCustomer(
      UUID linkId, UUID customerId, String hash, Cause cause, Instant now, UnitOfWork tx) {
    Optional<Customer> found = customers.lock(customerId, tx).filter(Customer::active);
    if (found.isEmpty() || links.take(linkId, now, tx).isEmpty()) {
      return Optional.empty();
    }
    Customer customer = found.get();
    Optional<User> login = users.ofCustomer(customerId, tx);
    if (login.isPresent()) {
      users.setPassword(login.get().id(), hash, tx);
      var _ = endingSessions.of(login.get().id(), cause, now, tx);
    } else if (!users.add(User.ofCustomer(ids.next(), customer, hash, now), tx)) {
      throw new IllegalStateException("a login without its customer: " + customerId);
    }
    links.remove(customerId, Set.of(Purpose.values()), tx);
    if (customer.confirmed(now) instanceof Change.Changed(Customer verified)) {
      if (!customers.update(verified, tx)) {
        throw new IllegalStateException("its own e-mail address is taken: " + customerId);
      }
      tx.publish(new CustomerVerified(customerId), cause);
    }
    return Optional.of(customerId.toString());
  }

  private Optional<String> ofStaff(
      UUID linkId, UUID account, String hash, Cause cause, Instant now, UnitOfWork tx) {
    Optional<User> user = users.lock(account, tx).filter(User::active);
    if (user.isEmpty() || links.take(linkId, now, tx).isEmpty()) {
      return Optional.empty();
    }
    users.setPassword(account, hash, tx);
    var _ = endingSessions.of(account, cause, now, tx);
    return Optional.of(user.get().publicName());
  }
}
