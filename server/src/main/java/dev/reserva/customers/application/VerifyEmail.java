package dev.reserva.customers.application;

import dev.reserva.contracts.CustomersEvent.CustomerVerified;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Customer.Change;
import dev.reserva.customers.domain.Link;
import dev.reserva.customers.domain.Link.Purpose;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Marks a customer's e-mail address as verified: whoever has the link reads its mail. */
public final class VerifyEmail {

  private final Links links;
  private final Customers customers;

  public VerifyEmail(Links links, Customers customers) {
    this.links = links;
    this.customers = customers;
  }

  public sealed interface Outcome {
    /** The address is verified, now or before. */
    record Verified(UUID customerId) implements Outcome {}

    /** The link was used, has expired, or is of a deactivated customer. Nothing changed. */
    record InvalidLink() implements Outcome {}
  }

  public Outcome verify(UUID linkId, Cause cause, Instant now, UnitOfWork tx) {
    Optional<Customer> owner =
        links
            .find(linkId, now, tx)
            .filter(link -> link.purpose() == Purpose.VERIFY_EMAIL)
            .map(Link::owner)
            .flatMap(found -> customers.lock(found.id(), tx));
    if (owner.isEmpty() || links.take(linkId, now, tx).isEmpty()) {
      return new Outcome.InvalidLink();
    }
    return switch (owner.get().confirmed(now)) {
      case Change.Changed(Customer verified) -> {
        if (!customers.update(verified, tx)) {
          throw new IllegalStateException("its own e-mail address is taken: " + verified.id());
        }
        tx.publish(new CustomerVerified(verified.id()), cause);
        yield new Outcome.Verified(owner.get().id());
      }
      case Change.Unchanged _ -> new Outcome.Verified(owner.get().id());
      case Change.Refused _ -> new Outcome.InvalidLink();
    };
  }
}
