package dev.reserva.customers.application;

import dev.reserva.contracts.CustomersEvent.PasswordResetRequested;
import dev.reserva.contracts.CustomersEvent.SignUpRepeated;
import dev.reserva.contracts.CustomersEvent.VerificationRequested;
import dev.reserva.customers.application.IssueLinks.Wanted;
import dev.reserva.customers.application.PersonalKeys.PersonalKey;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Email;
import dev.reserva.customers.domain.Link.Owner;
import dev.reserva.customers.domain.Link.Purpose;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Registers customers for many callers in one transaction. A customer with a password gets a login.
 *
 * <ul>
 *   <li>Nobody gets a login of a customer who is already there: its owner is sent a link to choose
 *       a password.
 *   <li>The address of a new customer is not verified. One who signs up with a password is sent a
 *       link to verify it. All others are sent a link to choose a password, which verifies the
 *       address as well, so that nobody in the shop knows the password of a verified customer.
 *   <li>Staff who register a customer without a password cause no mail.
 * </ul>
 */
public final class RegisterCustomer {

  private final Customers customers;
  private final Users users;
  private final IssueLinks issuing;
  private final PersonalKeys keys;
  private final Ids ids;

  public RegisterCustomer(
      Customers customers, Users users, IssueLinks issuing, PersonalKeys keys, Ids ids) {
    this.customers = customers;
    this.users = users;
    this.issuing = issuing;
    this.keys = keys;
    this.ids = ids;
  }

  public sealed interface Outcome {
    record Registered(Customer customer) implements Outcome {}

    /** Another customer has this e-mail address. It does not change. */
    record EmailTaken() implements Outcome {}
  }

  /** Who registers a customer. */
  public enum By {
    STAFF,
    /** Anybody: the customer, or who claims to be it. */
    ITSELF
  }

  /**
   * One caller's command.
   *
   * @param passwordHash absent for a customer without a login
   */
  public record Command(
      By by, Customer.Details details, @Nullable String passwordHash, Cause cause) {}

  /** A link with the event that tells of it. */
  private record Mail(Wanted link, Tidings tidings, Cause cause) {}

  /** The fact of a new link. */
  @FunctionalInterface
  private interface Tidings {
    Object of(UUID link, UUID customer);
  }

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
    Map<Email, Customer> known = known(commands, wanted, added, tx);
    List<Outcome> outcomes = new ArrayList<>(commands.size());
    List<Mail> mails = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      Customer customer = wanted.get(i);
      Command command = commands.get(i);
      if (added.contains(customer.id())) {
        PersonalKey key = Objects.requireNonNull(made.get(customer.id()));
        welcome(customer, key, command, mails, now, tx);
        outcomes.add(new Outcome.Registered(customer));
      } else {
        Customer owner = known.get(customer.email());
        if (owner != null) {
          mails.add(mail(Purpose.RESET_PASSWORD, owner, SignUpRepeated::new, command));
        }
        outcomes.add(new Outcome.EmailTaken());
      }
    }
    send(mails, now, tx);
    return outcomes;
  }

  /** The active customers with whose addresses somebody else has signed up. */
  private Map<Email, Customer> known(
      List<Command> commands, List<Customer> wanted, Set<UUID> added, UnitOfWork tx) {
    List<Email> taken = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      if (commands.get(i).by() == By.ITSELF && !added.contains(wanted.get(i).id())) {
        taken.add(wanted.get(i).email());
      }
    }
    Map<Email, Customer> known = new HashMap<>();
    if (!taken.isEmpty()) {
      customers.withEmails(taken, tx).stream()
          .filter(Customer::active)
          .forEach(customer -> known.put(customer.email(), customer));
    }
    return known;
  }

  private void welcome(
      Customer customer,
      PersonalKey key,
      Command command,
      List<Mail> mails,
      Instant now,
      UnitOfWork tx) {
    String passwordHash = command.passwordHash();
    if (passwordHash != null
        && !users.add(User.ofCustomer(ids.next(), customer, passwordHash, now), tx)) {
      throw new IllegalStateException("a login without its customer: " + customer.id());
    }
    tx.publish(SealedFacts.registered(customer, key), command.cause());
    if (command.by() == By.ITSELF && passwordHash != null) {
      mails.add(mail(Purpose.VERIFY_EMAIL, customer, VerificationRequested::new, command));
    } else if (command.by() == By.ITSELF || passwordHash != null) {
      mails.add(
          mail(
              Purpose.RESET_PASSWORD,
              customer,
              (link, id) -> new PasswordResetRequested(link, id, null),
              command));
    }
  }

  private static Mail mail(Purpose purpose, Customer to, Tidings tidings, Command command) {
    return new Mail(new Wanted(purpose, new Owner.OfCustomer(to.id())), tidings, command.cause());
  }

  private void send(List<Mail> mails, Instant now, UnitOfWork tx) {
    var issued = issuing.issue(mails.stream().map(Mail::link).toList(), now, tx);
    for (int i = 0; i < mails.size(); i++) {
      Mail mail = mails.get(i);
      issued
          .get(i)
          .ifPresent(
              link -> tx.publish(mail.tidings().of(link.id(), link.owner().id()), mail.cause()));
    }
  }
}
