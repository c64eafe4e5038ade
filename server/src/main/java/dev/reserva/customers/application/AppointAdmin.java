package dev.reserva.customers.application;

import dev.reserva.customers.domain.Password;
import dev.reserva.customers.domain.User;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.customers.domain.Username;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;

/** Creates the user {@code admin} at the first start. */
public final class AppointAdmin {

  public static final Username ADMIN = new Username("admin");

  private final Users users;
  private final Passwords passwords;
  private final Transactions transactions;
  private final Ids ids;
  private final Clock clock;

  public AppointAdmin(
      Users users, Passwords passwords, Transactions transactions, Ids ids, Clock clock) {
    this.users = users;
    this.passwords = passwords;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Does nothing if the user exists: a configured password counts at the first start only.
   *
   * @param password called only if the user is created
   */
  public void appoint(Supplier<Password> password) {
    if (transactions.snapshot(tx -> users.find(ADMIN.value(), tx)).isPresent()) {
      return;
    }
    String hash = passwords.hash(password.get(), Passwords.Share.LOG_IN);
    User admin = User.staff(ids.next(), ADMIN, hash, Set.of(UserRole.ADMIN), clock.instant());
    boolean _ = transactions.call(tx -> users.add(admin, tx)); // another process may be first
  }
}
