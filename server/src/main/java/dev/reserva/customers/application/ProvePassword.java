package dev.reserva.customers.application;

import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Transactions;
import java.util.Optional;
import java.util.UUID;

/**
 * Checks the current password of somebody who has a token already. Never call it in a transaction.
 */
public final class ProvePassword {

  private final Users users;
  private final Passwords passwords;
  private final Transactions transactions;

  public ProvePassword(Users users, Passwords passwords, Transactions transactions) {
    this.users = users;
    this.passwords = passwords;
    this.transactions = transactions;
  }

  /** The active login of a customer; empty if there is none or the password is wrong. */
  public Optional<User> ofCustomer(UUID customerId, String typed) {
    return fitting(transactions.snapshot(tx -> users.ofCustomer(customerId, tx)), typed);
  }

  /** The active login of a member of staff; empty if there is none or the password is wrong. */
  public Optional<User> ofStaff(String login, String typed) {
    return fitting(
        transactions
            .snapshot(tx -> users.find(login, tx))
            .filter(user -> user.customerId() == null),
        typed);
  }

  private Optional<User> fitting(Optional<User> user, String typed) {
    boolean fits = passwords.fits(typed, user.map(User::passwordHash).orElse(null));
    return user.filter(found -> fits && found.active());
  }
}
