package dev.reserva.customers.application;

import dev.reserva.contracts.CustomersEvent.PasswordResetRequested;
import dev.reserva.customers.application.IssueLinks.Wanted;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Email;
import dev.reserva.customers.domain.Link;
import dev.reserva.customers.domain.Link.Owner;
import dev.reserva.customers.domain.Link.Purpose;
import dev.reserva.customers.domain.User;
import dev.reserva.customers.domain.Username;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes links to choose a new password, for many callers in one transaction. A customer without a
 * login gets one by using it. Unknown and deactivated ones get nothing, and nobody is told.
 */
public final class RequestReset {

  private final Customers customers;
  private final Users users;
  private final IssueLinks issuing;

  public RequestReset(Customers customers, Users users, IssueLinks issuing) {
    this.customers = customers;
    this.users = users;
    this.issuing = issuing;
  }

  /** Who has forgotten its password. */
  public sealed interface Forgetful {
    record OfCustomer(Email email) implements Forgetful {}

    record OfStaff(Username name) implements Forgetful {}
  }

  /** One caller's command. */
  public record Command(Forgetful forgetful, Cause cause) {}

  /** One who gets a link. */
  private record Found(
      Wanted wanted, @Nullable UUID customerId, @Nullable String username, Cause cause) {}

  public void request(List<Command> commands, Instant now, UnitOfWork tx) {
    List<Found> all = found(commands, tx);
    List<Optional<Link>> issued = issuing.issue(all.stream().map(Found::wanted).toList(), now, tx);
    for (int i = 0; i < all.size(); i++) {
      Found one = all.get(i);
      issued
          .get(i)
          .ifPresent(link ->
              tx.publish(
                  new PasswordResetRequested(link.id(), one.customerId(), one.username()),
                  one.cause()));
    }
  }

  private List<Found> found(List<Command> commands, UnitOfWork tx) {
    Map<Email, Customer> known = new HashMap<>();
    customers
        .withEmails(
            commands.stream()
                .map(Command::forgetful)
                .filter(Forgetful.OfCustomer.class::isInstance)
                .map(one -> ((Forgetful.OfCustomer) one).email())
                .toList(),
            tx)
        .forEach(customer -> known.put(customer.email(), customer));
    List<Found> all = new ArrayList<>(commands.size());
    for (Command command : commands) {
      switch (command.forgetful()) {
        case Forgetful.OfCustomer(Email email) -> {
          Customer customer = known.get(email);
          if (customer != null && customer.active()) {
            all.add(
                new Found(
                    wanted(new Owner.OfCustomer(customer.id())),
                    customer.id(),
                    null,
                    command.cause()));
          }
        }
        case Forgetful.OfStaff(Username name) ->
            users
                .find(name.value(), tx)
                .filter(User::active)
                .ifPresent(user ->
                    all.add(
                        new Found(
                            wanted(new Owner.OfStaff(user.id())),
                            null,
                            user.login(),
                            command.cause())));
      }
    }
    return all;
  }

  private static Wanted wanted(Owner owner) {
    return new Wanted(Purpose.RESET_PASSWORD, owner);
  }
}
