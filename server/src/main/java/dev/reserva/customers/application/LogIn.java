package dev.reserva.customers.application;

import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Transactions;
import java.util.Locale;
import java.util.Optional;

/** Verifies a username and a password. A hash of an earlier version is replaced. */
public final class LogIn {

  private final Users users;
  private final Passwords passwords;
  private final Transactions transactions;

  public LogIn(Users users, Passwords passwords, Transactions transactions) {
    this.users = users;
    this.passwords = passwords;
    this.transactions = transactions;
  }

  /**
   * The user; empty for an unknown name, a wrong password and a deactivated login. These three take
   * the same time.
   */
  public Optional<User> logIn(String login, String password) {
    Optional<User> user =
        transactions.snapshot(tx -> users.find(login.toLowerCase(Locale.ROOT), tx));
    boolean fits = passwords.fits(password, user.map(User::passwordHash).orElse(null));
    Optional<User> loggedIn = user.filter(found -> fits && found.active());
    loggedIn.ifPresent(found -> upgradeHash(found, password));
    return loggedIn;
  }

  /** The password stays as it is, and so do the sessions. */
  private void upgradeHash(User user, String password) {
    passwords
        .upgraded(password, user.passwordHash())
        .ifPresent(hash ->
            transactions.run(tx -> users.replaceHash(user.login(), user.passwordHash(), hash, tx)));
  }
}
