package dev.reserva.customers.application;

import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Transactions;
import java.util.Locale;
import java.util.Optional;

/** Finds out whether somebody is who they say. */
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
   * Empty alike for an unknown name, a wrong password and a login that was ended, and after the
   * same time.
   */
  public Optional<User> logIn(String login, String password) {
    Optional<User> user =
        transactions.snapshot(tx -> users.find(login.toLowerCase(Locale.ROOT), tx));
    boolean fits = passwords.fits(password, user.map(User::passwordHash).orElse(null));
    return user.filter(found -> fits && found.active());
  }
}
