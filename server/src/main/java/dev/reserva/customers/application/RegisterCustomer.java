package dev.reserva.customers.application;

import dev.reserva.customers.application.PersonalKeys.PersonalKey;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Registers customers for many callers in one transaction. A customer with a password gets a login.
 */
public final class RegisterCustomer {

  private final Customers customers;
  private final Users users;
  private final PersonalKeys keys;
  private final Ids ids;

  public RegisterCustomer(Customers customers, Users users, PersonalKeys keys, Ids ids) {
    this.customers = customers;
    this.users = users;
    this.keys = keys;
    this.ids = ids;
  }

  public sealed interface Outcome {
    record Registered(Customer customer) implements Outcome {}

    /** Another customer has this e-mail address. Nothing changed. */
    record EmailTaken() implements Outcome {}
  }

  /**
   * One caller's command.
   *
   * @param passwordHash absent for a customer without a login
   */
  public record Command(Customer.Details details, @Nullable String passwordHash, Cause cause) {}

  /**
   * @return one outcome per command, in their order
   */
  public List<Outcome> register(List<Command> commands, Instant now, UnitOfWork tx) {
    List<Customer> wanted =
        commands.stream()
            .map(command -> Customer.register(ids.next(), command.details(), now))
            .toList();
    Set<UUID> added = customers.add(wanted, tx);
    Map<UUID, PersonalKey> made = keys.create(added, tx);
    List<Outcome> outcomes = new ArrayList<>(commands.size());
    for (int i = 0; i < commands.size(); i++) {
      Customer customer = wanted.get(i);
      if (added.contains(customer.id())) {
        PersonalKey key = Objects.requireNonNull(made.get(customer.id()));
        welcome(customer, key, commands.get(i), now, tx);
        outcomes.add(new Outcome.Registered(customer));
      } else {
        outcomes.add(new Outcome.EmailTaken());
      }
    }
    return outcomes;
  }

  private void welcome(
      Customer customer, PersonalKey key, Command command, Instant now, UnitOfWork tx) {
    String passwordHash = command.passwordHash();
    if (passwordHash != null
        && !users.add(User.ofCustomer(ids.next(), customer, passwordHash, now), tx)) {
      throw new IllegalStateException("a login without its customer: " + customer.id());
    }
    tx.publish(SealedFacts.registered(customer, key), command.cause());
  }
}
