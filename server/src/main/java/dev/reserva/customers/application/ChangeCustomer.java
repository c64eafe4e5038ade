package dev.reserva.customers.application;

import dev.reserva.contracts.CustomersEvent.VerificationRequested;
import dev.reserva.customers.application.IssueLinks.Wanted;
import dev.reserva.customers.application.PersonalKeys.PersonalKey;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Customer.Change;
import dev.reserva.customers.domain.Link.Owner;
import dev.reserva.customers.domain.Link.Purpose;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes a customer's details. With a new e-mail address its login gets a new name, and the
 * address has to be verified anew. A new password ends the sessions of the login.
 *
 * <p>The holder of a login gives the current password for a new e-mail address or password. A token
 * alone is not enough: who has stolen one cannot take the login over. Staff set no password. They
 * may correct the address of a customer without a login; that of a login moves an administrator
 * alone, since whoever reads the mail can choose a new password.
 */
public final class ChangeCustomer {

  private final Customers customers;
  private final Users users;
  private final Links links;
  private final IssueLinks issuing;
  private final EndSessions endingSessions;
  private final PersonalKeys keys;

  public ChangeCustomer(
      Customers customers,
      Users users,
      Links links,
      IssueLinks issuing,
      EndSessions endingSessions,
      PersonalKeys keys) {
    this.customers = customers;
    this.users = users;
    this.links = links;
    this.issuing = issuing;
    this.endingSessions = endingSessions;
    this.keys = keys;
  }

  public sealed interface Outcome {
    /** The details are as requested, now or before. */
    record Done(Customer customer) implements Outcome {}

    record Unknown() implements Outcome {}

    /** The customer is deactivated. Nothing changed. */
    record Refused() implements Outcome {}

    /** Another customer has this e-mail address. Nothing changed. */
    record EmailTaken() implements Outcome {}

    /** Its holder must prove to know the current password. Nothing changed. */
    record PasswordNeeded() implements Outcome {}

    /** The password has changed since it was proven, or there is no login. Nothing changed. */
    record WrongPassword() implements Outcome {}

    /** Only the holder or an administrator may move a login to another address. */
    record NotForStaff() implements Outcome {}
  }

  /** Who asks for a change. */
  public sealed interface By {
    /**
     * The customer.
     *
     * @param provenHash what the current password was checked against; absent if it was not given
     */
    record Holder(@Nullable String provenHash) implements By {

      @Override
      public String toString() {
        return "Holder[…]";
      }
    }

    record Staff(boolean administrator) implements By {}
  }

  /**
   * @param passwordHash of a new password; absent to keep the present one
   */
  public Outcome change(
      UUID id,
      Customer.Details details,
      @Nullable String passwordHash,
      By by,
      Cause cause,
      Instant now,
      UnitOfWork tx) {
    Optional<Customer> found = customers.lock(id, tx);
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    Customer before = found.get();
    if (!before.active()) {
      return new Outcome.Refused();
    }
    User login = users.ofCustomer(id, tx).orElse(null);
    boolean moves = !before.email().equals(details.email());
    Optional<Outcome> refusal = refusal(by, moves, passwordHash != null, login);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return switch (before.with(details, now)) {
      case Change.Refused _ -> new Outcome.Refused();
      case Change.Unchanged _ -> {
        updateLogin(login, before, passwordHash, cause, now, tx);
        yield new Outcome.Done(before);
      }
      case Change.Changed(Customer changed) -> {
        if (!customers.update(changed, tx)) {
          yield new Outcome.EmailTaken();
        }
        updateLogin(login, changed, passwordHash, cause, now, tx);
        announce(changed, cause, tx);
        if (moves) {
          verifyAgain(changed, login, cause, now, tx);
        }
        yield new Outcome.Done(changed);
      }
    };
  }

  private void announce(Customer changed, Cause cause, UnitOfWork tx) {
    PersonalKey key = keys.obtain(List.of(changed.id()), tx).get(changed.id());
    if (key == null) {
      throw new IllegalStateException("an active customer is erased: " + changed.id());
    }
    tx.publish(SealedFacts.updated(changed, key), cause);
  }

  private static Optional<Outcome> refusal(
      By by, boolean moves, boolean newPassword, @Nullable User login) {
    return switch (by) {
      case By.Staff(boolean administrator) ->
          moves && login != null && !administrator
              ? Optional.of(new Outcome.NotForStaff())
              : Optional.empty();
      case By.Holder(String provenHash) -> {
        if (!newPassword && (!moves || login == null)) {
          yield Optional.empty();
        }
        if (provenHash == null) {
          yield Optional.of(new Outcome.PasswordNeeded());
        }
        yield login != null && login.passwordHash().equals(provenHash)
            ? Optional.empty()
            : Optional.of(new Outcome.WrongPassword());
      }
    };
  }

  private void updateLogin(
      @Nullable User login,
      Customer customer,
      @Nullable String passwordHash,
      Cause cause,
      Instant now,
      UnitOfWork tx) {
    if (login == null) {
      return;
    }
    users.updateOfCustomer(
        login.with(customer, passwordHash == null ? login.passwordHash() : passwordHash), tx);
    if (passwordHash != null) {
      links.remove(customer.id(), Set.of(Purpose.RESET_PASSWORD), tx);
      var _ = endingSessions.of(login.id(), cause, now, tx);
    }
  }

  /** The links that were sent to the address before do not serve any more. */
  private void verifyAgain(
      Customer customer, @Nullable User login, Cause cause, Instant now, UnitOfWork tx) {
    links.remove(customer.id(), Set.of(Purpose.values()), tx);
    if (login != null) {
      issuing
          .issue(new Wanted(Purpose.VERIFY_EMAIL, new Owner.OfCustomer(customer.id())), now, tx)
          .ifPresent(
              link -> tx.publish(new VerificationRequested(link.id(), customer.id()), cause));
    }
  }
}
