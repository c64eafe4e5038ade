package dev.reserva.customers.application;

import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Transactions;
import java.util.Locale;
import java.util.Optional;

/** Verifies a username and a password. */
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
    return user.filter(found -> fits && found.active());
  }
}
